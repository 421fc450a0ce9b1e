"""Pages of questions and answers, as people have them, read into what an importer can use."""
