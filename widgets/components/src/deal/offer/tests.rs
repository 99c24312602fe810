//! What may be claimed, case by case.
