//! The folder of a server, which is its alone.

use crate::Error;
use std::fs::File;
use std::path::Path;

/// Makes the folder, and keeps other servers out of it.
pub(crate) fn take_folder(folder: &Path) -> Result<File, Error> {
    let wrong = |error| Error::folder(folder, &error);
    make_folder(folder).map_err(wrong)?;
    let lock = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.join("lock"))
        .map_err(wrong)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(wrong(error)),
    }
}

/// Makes the folder for this user alone, since keys lie in it; one that is there stays as it is.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
