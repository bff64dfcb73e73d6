"""Room of the sample newspaper: stories written for it and pictures drawn for it, all brought in by the verbs."""
