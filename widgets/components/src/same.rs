//! When two renders are the same: when they are drawn from the same card, tally and mine, not from equal ones. What the room
//! told is shared and never changed, so that nothing need be compared by its contents, and the kit holds no code for it.

/// Compares properties: the first names by what they point to, the others by what they are. All are named, so that a new
/// property cannot be forgotten.
macro_rules! same {
    ($props:ident: $($shared:ident)+; $($own:ident)+) => {
        impl PartialEq for $props {
            fn eq(&self, other: &Self) -> bool {
                let Self { $($shared,)+ $($own,)+ } = other;
                $(Rc::ptr_eq(&self.$shared, $shared) &&)+ $(self.$own == *$own &&)+ true
            }
        }
    };
}

pub(crate) use same;
