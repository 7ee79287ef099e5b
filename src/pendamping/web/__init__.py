"""The site: settings, addresses, base templates, components."""
