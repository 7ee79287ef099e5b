"""The case of Kelurahan Empang, made up around the sourced facts (handbook 0.1, 11 no. 12)."""
