"""Events as operators and listeners see them: published as a language, watched, and put back."""
