"""A person as data: body, pose, kinematics, drawing."""
