"""校验: whether a paper, a file or this whole workspace can be trusted, and the words for it."""
