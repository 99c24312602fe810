//! The paper, case by case.
