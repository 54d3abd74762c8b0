"""Under which licences briefgen comes, and everything that it stands on."""
