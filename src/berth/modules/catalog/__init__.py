"""Sites, resources, and the rules that hold for them: opening hours, policies, tags; import and export."""
