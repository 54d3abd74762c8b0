"""The desktop app: one window over the pipeline. Nothing else imports Qt."""
