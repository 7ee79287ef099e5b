"""What people say and papers show: interviews, observations and documents, coded and compared."""
