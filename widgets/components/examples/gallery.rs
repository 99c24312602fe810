//! Writes every state as a page of its own, and `gallery.json` with the messages for `<live-room>.receive()`.
//! Usage: `cargo run -p liveroom --features gallery --example gallery -- DIR [LANGUAGE.json]`.

use liveroom::Words;
use liveroom::gallery::{Exhibit, ExhibitProps, State, states};
use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::rc::Rc;
use yew::LocalServerRenderer;

async fn draw(state: State, words: &Rc<Words>) -> String {
    let mut scene = state.scene.clone();
    scene.words = words.clone();
    let props = ExhibitProps {
        state: Rc::new(state),
        scene: Rc::new(scene),
    };
    LocalServerRenderer::<Exhibit>::with_props(props)
        .hydratable(false)
        .render()
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name a folder to write to")?);
    let words = match arguments.next() {
        Some(file) => Words::from_json(&std::fs::read_to_string(file)?)?,
        None => Words::default(),
    };
    let words = Rc::new(words);
    std::fs::create_dir_all(&folder)?;
    let mut all = String::new();
    let mut messages = Vec::new();
    for state in states() {
        let name = state.name;
        messages.push(state.message());
        let widget = draw(state, &words).await;
        // Each in a shadow root of its own, as on a page; the styles are links, so that they can be tried out.
        writeln!(
            all,
            "<article id=\"{name}\"><h2>{name}</h2><div><template shadowrootmode=\"open\">\
             <link rel=\"stylesheet\" href=\"styles.css\">{widget}</template></div></article>"
        )?;
    }
    let page = include_str!("gallery.html").replace("{states}", &all);
    std::fs::write(folder.join("index.html"), page)?;
    let styles = [
        liveroom_styles::TOKENS,
        liveroom_styles::BASE,
        liveroom_styles::POLL,
        liveroom_styles::LOTTERY,
        liveroom_styles::QNA,
        liveroom_styles::DEAL,
    ]
    .concat();
    std::fs::write(folder.join("styles.css"), styles)?;
    std::fs::write(
        folder.join("gallery.json"),
        format!("[{}]", messages.join(",\n")),
    )?;
    Ok(())
}
