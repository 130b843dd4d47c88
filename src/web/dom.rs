//! What capture reads of the page, where web-sys would cost more: its calls catch what these never throw, check what is
//! known, and cut coordinates to whole px. What slips through ends at the door like any other fault.

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

#[wasm_bindgen]
extern "C" {
    /// Page time now, ms.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub fn page_now() -> f64;

    /// Wall time now, ms.
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    pub fn wall_now() -> f64;

    /// The window. web-sys asks four globals in turn and checks what it finds, as a worker or Node might be the host; here
    /// only a page is. A method that returns what it is called on is the shortest way to a global.
    #[wasm_bindgen(js_namespace = window, js_name = valueOf)]
    pub fn window() -> Window;

    #[wasm_bindgen(extends = web_sys::Window)]
    #[derive(Debug)]
    pub type Window;
    #[wasm_bindgen(method, getter)]
    pub fn document(this: &Window) -> Document;
    #[wasm_bindgen(method, getter)]
    pub fn location(this: &Window) -> Address;
    #[wasm_bindgen(method, getter)]
    pub fn performance(this: &Window) -> web_sys::Performance;
    /// The Navigation API (HTML standard, 7.2.6), where the browser has it.
    #[wasm_bindgen(method, getter)]
    pub fn navigation(this: &Window) -> Option<EventTarget>;
    /// The part of the page that is zoomed to by two fingers (CSSOM View).
    #[wasm_bindgen(method, getter, js_name = visualViewport)]
    pub fn visual_viewport(this: &Window) -> Option<EventTarget>;
    #[wasm_bindgen(method, getter, js_name = scrollY)]
    pub fn scroll_y(this: &Window) -> f64;
    #[wasm_bindgen(method, js_name = matchMedia)]
    pub fn match_media(this: &Window, query: &str) -> web_sys::MediaQueryList;

    /// The document.
    #[wasm_bindgen(extends = web_sys::Document)]
    #[derive(Debug)]
    pub type Document;
    #[wasm_bindgen(method, getter, js_name = documentElement)]
    pub fn root(this: &Document) -> Node;
    #[wasm_bindgen(method, getter, js_name = activeElement)]
    pub fn active(this: &Document) -> Option<Node>;
    #[wasm_bindgen(method, js_name = querySelector)]
    pub fn find(this: &Document, selector: &str) -> Option<Node>;
    #[wasm_bindgen(method, js_name = elementFromPoint)]
    pub fn at(this: &Document, x: f32, y: f32) -> Option<Node>;
    #[wasm_bindgen(method, js_name = getSelection)]
    pub fn selection(this: &Document) -> Option<web_sys::Selection>;

    /// An element, or what else an event may be of.
    #[wasm_bindgen(extends = web_sys::Element)]
    #[derive(Debug)]
    pub type Node;
    /// 1: an element (DOM standard, 4.4). The window has none, which reads as 0.
    #[wasm_bindgen(method, getter, js_name = nodeType)]
    pub fn node_type(this: &Node) -> u8;
    #[wasm_bindgen(method)]
    pub fn closest(this: &Node, selector: &str) -> Option<Node>;
    #[wasm_bindgen(method, getter, js_name = offsetWidth)]
    pub fn offset_width(this: &Node) -> f64;
    /// How far two fingers zoomed; of the visual viewport alone.
    #[wasm_bindgen(method, getter)]
    pub fn scale(this: &Node) -> f64;

    /// A link, or where the page is.
    pub type Address;
    #[wasm_bindgen(method, getter)]
    pub fn origin(this: &Address) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn pathname(this: &Address) -> String;
    /// Of a navigation's destination alone.
    #[wasm_bindgen(method, getter)]
    pub fn url(this: &Address) -> String;

    /// Fingers, oldest first.
    pub type Touches;
    #[wasm_bindgen(method)]
    pub fn item(this: &Touches, place: u32) -> Option<Event>;

    /// Any event, the entry of an observer, or one touch.
    pub type Event;
    #[wasm_bindgen(method, getter, js_name = timeStamp)]
    pub fn time_stamp(this: &Event) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn target(this: &Event) -> Option<Node>;
    #[wasm_bindgen(method, getter, js_name = clientX)]
    pub fn x(this: &Event) -> f64;
    #[wasm_bindgen(method, getter, js_name = clientY)]
    pub fn y(this: &Event) -> f64;
    /// The fingers on the screen; of touch events alone.
    #[wasm_bindgen(method, getter)]
    pub fn touches(this: &Event) -> Option<Touches>;
    #[wasm_bindgen(method, getter)]
    pub fn key(this: &Event) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = ctrlKey)]
    pub fn is_ctrl(this: &Event) -> bool;
    #[wasm_bindgen(method, getter, js_name = altKey)]
    pub fn is_alt(this: &Event) -> bool;
    #[wasm_bindgen(method, getter, js_name = metaKey)]
    pub fn is_meta(this: &Event) -> bool;
    #[wasm_bindgen(method, getter)]
    pub fn destination(this: &Event) -> Address;
    /// Of an observer's entry alone.
    #[wasm_bindgen(method, getter, js_name = isIntersecting)]
    pub fn is_intersecting(this: &Event) -> bool;
}

impl Event {
    /// The element it is of; none for those of the window or document.
    pub fn element(&self) -> Option<Node> {
        self.target().filter(|target| target.node_type() == 1)
    }

    /// The nearest element, the one it is of or one around it, that matches.
    pub fn closest(&self, selector: &str) -> Option<Node> {
        self.element()?.closest(selector)
    }

    /// Whether the element it is of, or one around it, matches.
    #[inline(never)]
    pub fn is_in(&self, selector: &str) -> bool {
        self.closest(selector).is_some()
    }
}

/// The first of these that belongs to a selector which the element or one around it matches.
pub fn sort_of<T: Copy>(node: &Node, sorts: &[(&str, T)]) -> Option<T> {
    sorts.iter().find(|(selector, _)| node.closest(selector).is_some()).map(|&(_, sort)| sort)
}

/// Where in a text another begins. std's search is made for long texts, and is 2 kB of the module.
#[inline(never)]
pub fn place(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|here| here == part.as_bytes())
}
