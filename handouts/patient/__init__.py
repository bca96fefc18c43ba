"""The patient record and the clinic profile: their forms, reading and checking."""
