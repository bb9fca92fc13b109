"""The algebra of crosswalks: relations between elements, links, hierarchies and joint ids."""
