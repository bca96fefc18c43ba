"""From library, record and clinic to the plan of one handout: select, adapt, order."""
