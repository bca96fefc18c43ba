"""What a library holds: sections, exercises, sleep positions, handouts, rules; read, checked and joined."""
