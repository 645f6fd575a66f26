"""Other people's software as the judge of the fake provider, and of the program."""
