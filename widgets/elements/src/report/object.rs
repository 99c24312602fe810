//! A JSON object written field by field: a report's data is composed once and never read again here.

/// The object so far.
#[derive(Debug)]
pub(crate) struct Object(String);

impl Object {
    /// An empty object.
    pub(crate) fn new() -> Self {
        Self(String::from("{"))
    }

    /// Adds a text.
    #[must_use]
    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        let value = quoted(value);
        self.raw(name, &value)
    }

    /// Adds a text, if there is one.
    #[must_use]
    pub(crate) fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Adds a whole number.
    #[must_use]
    pub(crate) fn number(self, name: &str, value: u64) -> Self {
        self.raw(name, &value.to_string())
    }

    /// Adds what is JSON already.
    #[must_use]
    pub(crate) fn raw(mut self, name: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&quoted(name));
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// Adds fields that are JSON already.
    #[must_use]
    pub(crate) fn fields(mut self, fields: &str) -> Self {
        if self.0.len() > 1 && !fields.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(fields);
        self
    }

    /// Its fields alone, without the braces.
    pub(crate) fn bare(mut self) -> String {
        self.0.split_off(1)
    }

    /// The object as JSON text.
    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A list of what is JSON already.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    let mut list = String::from("[");
    for item in items {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&item);
    }
    list.push(']');
    list
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    liveroom::json::quoted(text)
}

#[cfg(test)]
mod tests {
    use super::Object;

    #[test]
    fn whatever_the_texts_are_it_is_json() {
        let json = Object::new()
            .text("a\"b", "\u{0}\n\\\"</script>\u{2028}日本")
            .number("n", u64::MAX)
            .maybe("absent", None)
            .maybe("there", Some(""))
            .raw("list", "[1]")
            .end();
        let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(read["a\"b"], "\u{0}\n\\\"</script>\u{2028}日本");
        assert_eq!(read["n"], u64::MAX);
        assert!(read.get("absent").is_none());
        assert_eq!(read["list"][0], 1);
    }
}
