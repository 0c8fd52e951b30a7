"""What keeps a library alive over the years: collections, watched folders, export and import, a change of embedder."""
