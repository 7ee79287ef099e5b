"""Where there is no signal: short tasks written on the phone, and taken in once when it is back."""
