"""The desktop app: one window over the workspace. Nothing else imports Qt."""
