"""The pages, and what a careful reader would say of them."""
