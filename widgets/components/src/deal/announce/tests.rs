//! What is said, case by case.
