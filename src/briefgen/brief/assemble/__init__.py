"""From a request, a template and facts to a brief."""
