"""What people do to change the network, one kind of task a file, and what befalls it."""
