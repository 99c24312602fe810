//! The messages as TypeScript, made from their schema, so that editors and compilers never know other ones than the room does.

use serde_json::{Map, Value};

const HEAD: &str = "// The messages between a page and its room, made from their schema: `schema.json` of the release has the limits too.\n";

/// All messages as the text of a declaration file.
pub(crate) fn messages() -> String {
    let schema: Value =
        serde_json::from_str(&liveroom_protocol::schema::json()).expect("a schema is JSON");
    declare(schema["$defs"].as_object().expect("it has definitions"))
}

/// Each definition as an exported type; those that are no more than a text or a number are written where they stand.
fn declare(definitions: &Map<String, Value>) -> String {
    let writer = Writer { definitions };
    let declared = definitions
        .iter()
        .filter(|(_, definition)| !is_plain(definition))
        .map(|(name, definition)| {
            let note = note(definition, "");
            format!(
                "\n{note}export type {name} = {};\n",
                writer.written(definition, "")
            )
        });
    HEAD.to_owned() + &declared.collect::<String>()
}

/// A text, a number, a flag: nothing that needs a name in TypeScript.
fn is_plain(definition: &Value) -> bool {
    definition["const"].is_null()
        && matches!(
            definition["type"].as_str(),
            Some("string" | "integer" | "number" | "boolean")
        )
}

/// The description as a comment, with this indentation.
fn note(schema: &Value, indent: &str) -> String {
    let Some(text) = schema["description"].as_str() else {
        return String::new();
    };
    let text = text.replace("*/", "*\u{200b}/");
    match text.split_once('\n') {
        None => format!("{indent}/** {text} */\n"),
        Some(_) => {
            let lines: String = text
                .lines()
                .map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n")
                .collect();
            format!("{indent}/**\n{lines}{indent} */\n")
        }
    }
}

struct Writer<'a> {
    definitions: &'a Map<String, Value>,
}

impl Writer<'_> {
    fn written(&self, schema: &Value, indent: &str) -> String {
        let parts: Vec<String> = [
            schema["$ref"]
                .as_str()
                .map(|reference| self.named(reference)),
            self.any_of(schema, indent),
            self.own(schema, indent),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            "unknown".to_owned()
        } else {
            parts.join(" & ")
        }
    }

    /// What a reference stands for.
    fn named(&self, reference: &str) -> String {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        match self.definitions.get(name) {
            Some(definition) if is_plain(definition) => self.written(definition, ""),
            _ => name.to_owned(),
        }
    }

    fn any_of(&self, schema: &Value, indent: &str) -> Option<String> {
        let variants = schema["oneOf"].as_array().or(schema["anyOf"].as_array())?;
        let mut written: Vec<String> = Vec::new();
        for variant in variants {
            let one = self.written(variant, indent);
            if !written.contains(&one) {
                written.push(one);
            }
        }
        Some(match &written[..] {
            [one] => one.clone(),
            // With an `&` beside it a union needs its brackets.
            several if schema["properties"].is_object() => format!("({})", several.join(" | ")),
            several => several.join(" | "),
        })
    }

    fn own(&self, schema: &Value, indent: &str) -> Option<String> {
        if !schema["const"].is_null() {
            return Some(literal(&schema["const"]));
        }
        if let Some(values) = schema["enum"].as_array() {
            return Some(values.iter().map(literal).collect::<Vec<_>>().join(" | "));
        }
        match &schema["type"] {
            Value::String(kind) => Some(self.of_type(kind, schema, indent)),
            Value::Array(kinds) => {
                let kinds = kinds.iter().filter_map(Value::as_str);
                let written = kinds.map(|kind| self.of_type(kind, schema, indent));
                Some(written.collect::<Vec<_>>().join(" | "))
            }
            _ => None,
        }
    }

    fn of_type(&self, kind: &str, schema: &Value, indent: &str) -> String {
        match kind {
            "integer" | "number" => "number".to_owned(),
            "array" => match schema["prefixItems"].as_array() {
                Some(items) => {
                    let items = items.iter().map(|item| self.written(item, indent));
                    format!("[{}]", items.collect::<Vec<_>>().join(", "))
                }
                None => format!("Array<{}>", self.written(&schema["items"], indent)),
            },
            "object" => self.object(schema, indent),
            // `string`, `boolean` and `null` are called the same.
            other => other.to_owned(),
        }
    }

    fn object(&self, schema: &Value, indent: &str) -> String {
        let Some(properties) = schema["properties"].as_object() else {
            let values = &schema["additionalProperties"];
            return format!("Record<string, {}>", self.written(values, indent));
        };
        let inner = format!("{indent}  ");
        let required = schema["required"].as_array();
        let members: String = properties
            .iter()
            .map(|(name, property)| {
                let needed = required.is_some_and(|all| all.iter().any(|one| one == name));
                let mark = if needed { "" } else { "?" };
                let written = self.written(property, &inner);
                // What may be left out may be null as well; nobody needs to write it so.
                let written = written.strip_suffix(" | null").unwrap_or(&written);
                format!(
                    "{}{inner}{name}{mark}: {written};\n",
                    note(property, &inner)
                )
            })
            .collect();
        format!("{{\n{members}{indent}}}")
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_schema_is_written_as_types() {
        let definitions = json!({
            "Name": { "type": "string", "maxLength": 8 },
            "Phase": { "oneOf": [{ "const": "open" }, { "const": "it's" }], "description": "Where it is." },
            "Draft": { "type": "object", "required": ["title"], "properties": {
                "title": { "$ref": "#/$defs/Name", "description": "What it is called." },
                "left": { "anyOf": [{ "$ref": "#/$defs/Phase" }, { "type": "null" }] },
                "votes": { "type": ["array", "null"], "items": { "type": "integer" } },
            } },
            "Command": { "oneOf": [{ "$ref": "#/$defs/Draft", "type": "object", "required": ["type"], "properties": { "type": { "type": "string", "const": "open" } } }] },
            "Row": { "type": "array", "prefixItems": [{ "type": "integer" }, { "type": "string" }] },
            "Data": {},
        });
        let written = declare(definitions.as_object().expect("an object"));
        for line in [
            "/** Where it is. */\nexport type Phase = 'open' | 'it\\'s';",
            "  left?: Phase;\n  /** What it is called. */\n  title: string;\n",
            "  votes?: Array<number>;\n",
            "export type Command = Draft & {\n  type: 'open';\n};",
            "export type Row = [number, string];",
            "export type Data = unknown;",
        ] {
            assert!(written.contains(line), "{line} in\n{written}");
        }
        assert!(!written.contains("Name"));
    }

    #[test]
    fn every_message_has_a_type() {
        let written = messages();
        for name in [
            "ToRoom",
            "FromRoom",
            "Command",
            "Action",
            "News",
            "Claims",
            "DealDraft",
        ] {
            assert!(
                written.contains(&format!("export type {name} = ")),
                "{name}"
            );
        }
    }
}
