"""Facts as rows of tables: CSV, Excel and JSON, in and out."""
