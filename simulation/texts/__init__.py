"""All that is said to a reader: English in the template ``getok.pot``, each other language in a file of its own."""
