"""An application that does nothing, to compare with."""
