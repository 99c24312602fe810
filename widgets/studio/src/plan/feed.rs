//! Deals out of what a shop gives: a CSV file, or a product feed as text or as XML.
//!
//! Fields may be quoted as RFC 4180 says (<https://www.rfc-editor.org/rfc/rfc4180>); columns are known by their names in the first line,
//! those of merchants' product feeds among them. Lines of one product are its variants.

use crate::form::Form;
use crate::form::deal::Line;
use liveroom_protocol::Widget;
use liveroom_protocol::limits::CUES;
use liveroom_protocol::run::Cue;

mod xml;

/// What is read of a line, and under which names.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("title", &["title", "name", "product", "标题", "商品名称"]),
    ("sku", &["sku", "item_group_id", "id", "article", "mpn"]),
    ("price", &["price", "deal_price"]),
    ("sale", &["sale_price"]),
    (
        "before",
        &[
            "before",
            "price_before",
            "regular_price",
            "compare_at_price",
        ],
    ),
    ("currency", &["currency"]),
    ("stock", &["stock", "quantity", "inventory", "units"]),
    ("variant", &["variant", "option", "size", "color"]),
    ("image", &["image", "image_link", "picture", "image_url"]),
];

fn is_xml(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start().starts_with('<')
}

/// A heading as the columns are named.
fn heading(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Rows of a table, or what is wrong with it.
pub(crate) fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_xml(text) {
        return xml::rows(text);
    }
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let mark = [',', ';', '\t', '|'];
    let mark = mark
        .into_iter()
        .max_by_key(|mark| (count(*mark), *mark == ','));
    let mark = mark.unwrap_or(',');
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begins, mut quoted, mut closed) = (1, 1, false, false);
    let mut marks = text.chars().peekable();
    while let Some(c) = marks.next() {
        match c {
            '"' if quoted && marks.peek() == Some(&'"') => {
                marks.next();
                field.push('"');
            }
            '"' if quoted => (quoted, closed) = (false, true),
            '"' if field.trim().is_empty() && !closed => {
                field.clear();
                quoted = true;
            }
            '\n' if quoted => {
                line += 1;
                field.push(' ');
            }
            c if quoted => field.push(c),
            c if c == mark => {
                row.push(std::mem::take(&mut field));
                closed = false;
            }
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut field));
                rows.push((begins, std::mem::take(&mut row)));
                line += 1;
                (begins, closed) = (line, false);
            }
            c if closed && !c.is_whitespace() => {
                return Err(format!(
                    "Line {line}: something stands after a closing quotation mark."
                ));
            }
            c => field.push(c),
        }
        if rows.len() > 10_000 {
            return Err("The table has more than 10,000 lines.".into());
        }
    }
    if quoted {
        return Err(format!("Line {begins}: a quotation mark is not closed."));
    }
    row.push(field);
    rows.push((begins, row));
    rows.retain(|(_, row)| row.iter().any(|field| !field.trim().is_empty()));
    Ok(rows)
}

/// The columns that say it, the first first.
fn places(head: &[String], name: &str) -> Vec<usize> {
    let known = COLUMNS.iter().find(|(own, _)| *own == name);
    let known = known.map_or(&[][..], |(_, known)| known).iter();
    known
        .filter_map(|known| head.iter().position(|title| title == known))
        .collect()
}

/// What a row says of it. A column that says more of some products is empty for the others.
fn field(head: &[String], row: &[String], name: &str) -> String {
    let places = places(head, name);
    let mut texts = places.iter().filter_map(|place| row.get(*place));
    let text = texts.find(|text| !text.trim().is_empty());
    text.map_or_else(String::new, |text| text.trim().to_owned())
}

/// The deals of a table; or the first thing that is wrong with it, by its line. Of what does not say how many units there are, there
/// are `units`: feeds of merchants have no such number, and a deal with one unit would be over with the first order.
pub(crate) fn deals(text: &str, form: &Form, units: &str) -> Result<Vec<Cue>, String> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().ok_or("The table is empty.")?;
    let head: Vec<String> = head.iter().map(|title| heading(title)).collect();
    let columns = |name: &str| places(&head, name);
    // A feed may name only what it costs now, and what it cost before.
    let price = if !columns("sale").is_empty() {
        "sale"
    } else {
        "price"
    };
    for needed in ["title", "sku", price] {
        if columns(needed).is_empty() {
            return Err(match is_xml(text) {
                true => format!("The items of the feed name no “{needed}”."),
                false => format!("The first line names no column “{needed}”."),
            });
        }
    }
    let mut products: Vec<(usize, Form)> = Vec::new();
    for (line, row) in rows {
        let field = |name: &str| field(&head, &row, name);
        let variant = Line {
            name: field("variant"),
            stock: match field("stock") {
                stock if stock.is_empty() => units.trim().to_owned(),
                stock => stock,
            },
            ..Line::default()
        };
        let sku = field("sku");
        let same = |(_, known): &&mut (usize, Form)| known.deal.sku == sku && !sku.is_empty();
        if let Some((_, known)) = products.iter_mut().find(same) {
            known.deal.variants.push(variant);
            continue;
        }
        if products.len() >= CUES {
            return Err(format!("The table has more than {CUES} products."));
        }
        let deal = product(form, &field, variant);
        products.push((line, deal));
    }
    count(&products)?;
    let cue = |(line, form): (usize, Form)| match form.command(false) {
        Ok(draft) => Ok(Cue {
            lasts_ms: super::lasts(&draft),
            draft,
            at_ms: None,
            auto: false,
        }),
        Err(flaws) => {
            let says = flaws.first().map_or("", |flaw| flaw.says.as_str());
            Err(format!("Line {line}: {says}"))
        }
    };
    products.into_iter().map(cue).collect()
}

/// The fields of a product's deal, with the habits of the composer.
fn product(form: &Form, field: &impl Fn(&str) -> String, variant: Line) -> Form {
    let mut deal = form.next();
    if form.widget == Widget::Deal {
        // What is typed of a deal now is meant for these, the label and the brand too.
        deal.ad.clone_from(&form.ad);
        deal.brand.clone_from(&form.brand);
    }
    deal.widget = Widget::Deal;
    let (price, before) = prices(field);
    let currency = [
        field("currency"),
        price.1,
        before.1,
        form.deal.currency.clone(),
    ];
    let currency = currency.into_iter().find(|text| !text.is_empty());
    let fields = &mut deal.deal;
    fields.title = field("title");
    fields.sku = field("sku");
    fields.price = price.0;
    fields.before = before.0;
    fields.basis.clear();
    fields.lowest.clear();
    fields.members.clear();
    fields.image = field("image");
    fields.currency = currency.unwrap_or_default();
    fields.variants = vec![variant];
    deal
}

/// Whether all say how many units there are; else how many do not, and where it is said.
fn count(products: &[(usize, Form)]) -> Result<(), String> {
    let unknown = |(_, known): &&(usize, Form)| {
        let mut variants = known.deal.variants.iter();
        variants.any(|variant| variant.stock.is_empty())
    };
    let all = products.len();
    match products.iter().filter(unknown).count() {
        0 => Ok(()),
        lacking => Err(format!(
            "{lacking} of {all} products do not say how many units there are: write it in the field “Units, where the table has no number” and bring it in again."
        )),
    }
}

/// What a product costs now, and what before. A feed may name a price before only: then it costs that.
fn prices(field: &impl Fn(&str) -> String) -> ((String, String), (String, String)) {
    let named = ["sale", "price", "before"].map(|name| money(&field(name)));
    let mut named = named.into_iter().filter(|(amount, _)| !amount.is_empty());
    let price = named.next().unwrap_or_default();
    (price, named.next().unwrap_or_default())
}

/// An amount and a currency, in the orders and marks in which feeds write them: `29.90 EUR`, `EUR 29,90`, `1,299.00`.
fn money(text: &str) -> (String, String) {
    let letters = |word: &&str| word.chars().all(|c| c.is_ascii_alphabetic());
    let words: Vec<&str> = text.split_whitespace().collect();
    let currency = words.iter().copied().find(letters).unwrap_or_default();
    let amount: String = words
        .iter()
        .copied()
        .filter(|word| !letters(word))
        .collect();
    let amount = match (amount.rfind(','), amount.rfind('.')) {
        // What comes last parts the whole from the rest; three digits after a comma alone are thousands.
        (Some(comma), Some(point)) if comma > point => amount.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => amount.replace(',', ""),
        (Some(comma), None) if amount.len() - comma == 4 => amount.replace(',', ""),
        (Some(_), None) => amount.replace(',', "."),
        _ => amount,
    };
    (amount, currency.to_uppercase())
}

#[cfg(test)]
mod tests;
