"""``berth doctor``: looks at an installation and says what is wrong with it; starts, makes and migrates nothing."""
