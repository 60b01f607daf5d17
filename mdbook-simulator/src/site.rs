//! Where everything is: the books beside each other, the facts, the recordings.

use std::io;
use std::path::{Path, PathBuf};

use crate::language::Language;

/// The folders of the repository that matter here.
#[derive(Clone, Debug)]
pub struct Site {
    /// The repository; messages name files relative to it.
    pub repository: PathBuf,
    /// The folder with one book for each language, named by its code.
    pub books: PathBuf,
    /// The folder of the facts.
    pub facts: PathBuf,
    /// The list of the pages that were published.
    pub published: PathBuf,
    /// The record of the pages that match their twins.
    pub twins: PathBuf,
    /// The folder of the recordings.
    pub recordings: PathBuf,
}

impl Site {
    /// The site that a book belongs to: `book/en` has its twin, the facts and the repository
    /// around it.
    ///
    /// # Errors
    ///
    /// When the folder does not exist.
    pub fn around(book: &Path) -> io::Result<Self> {
        let book = book.canonicalize()?;
        let books = book.parent().unwrap_or(&book).to_owned();
        let repository = books.parent().unwrap_or(&books).to_owned();
        Ok(Self {
            facts: books.join("facts"),
            published: books.join("published.txt"),
            twins: books.join("twins.txt"),
            recordings: repository.join("simulator/recordings"),
            books,
            repository,
        })
    }

    /// The folder of the book in a language.
    pub fn book(&self, language: Language) -> PathBuf {
        self.books.join(language.code())
    }

    /// A path as messages show it: relative to the repository.
    pub fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.repository).unwrap_or(path).to_owned()
    }
}
