//! A shop's list of plays.

use falter::features::{FEATURE_COUNT, FeatureRow};
use falter::plays::{MOST_PLAYS, OPERATORS, OR, SEGMENT, Sight, measure_names, parse};
use falter::policy::Message;
use falter::reason::Reason;
use falter::signal::{Device, Facts, ItemId, PageKind, Signal, SignalKind};
use falter::window::{SessionStart, SignalWindow};
use serde_json::{Value, json};

use super::bytes::Bytes;
use super::facts::history;
use super::memory::held;

/// What a reader may hold for each byte of a list, and beside: tokens, names of measures, faults that repeat a word.
const HELD_A_BYTE: usize = 64;
const BESIDE: usize = 1 << 16;

/// Bytes that begin like JSON as a shop's list in JSON, any others as the pieces of one.
pub(crate) fn plays(bytes: &[u8]) {
    let list = match bytes.first() {
        Some(b'[' | b'{') => match serde_json::from_slice::<Value>(bytes) {
            Ok(list) => list,
            Err(_) => return,
        },
        _ => pieces(&mut Bytes(bytes)),
    };
    let ((book, faults), most) = held(|| parse(&list));
    let length = list.to_string().len();
    assert!(most <= BESIDE + HELD_A_BYTE * length, "{most} bytes held for a list of {length}");
    let given = list.as_array().map_or(0, Vec::len);
    let count = book.names.len();
    assert!(count == book.programs.len() && count == book.plays.programs().len() && count <= MOST_PLAYS);
    for fault in &faults {
        let place = fault.path.strip_prefix("plays").expect("a path");
        let number =
            place.strip_prefix('[').and_then(|rest| rest.split(']').next()).and_then(|n| n.parse::<usize>().ok());
        assert!(!fault.what.is_empty() && (place.is_empty() || number.is_some_and(|number| number < given)), "{fault}");
    }
    // each is read or has one fault; behind the sixteenth they have one together
    assert_eq!(count + faults.len(), if list.is_array() { given.min(MOST_PLAYS + 1) } else { 1 });
    let texts = accepted(&list, &book.names);
    for (name, program) in book.names.iter().zip(&book.programs) {
        written(name, program);
    }
    let mut seeds = Bytes(bytes);
    for _ in 0..4 {
        let (row, window, history) = (row(&mut seeds), window(&mut seeds), history(&mut seeds));
        let sight = Sight { t: 10_500, row: &row, risk: seeds.bits(), window: &window, history: &history };
        let measures = sight.measures();
        let wanted = texts.iter().position(|text| naive(text, &measures));
        let cue = book.plays.cue(&sight);
        assert_eq!(cue.map(|cue| usize::from(cue.play)), wanted, "{texts:?}");
        if let Some(cue) = cue {
            let [reason, message, ..] = book.programs[usize::from(cue.play)][..] else { panic!("a program") };
            assert_eq!(cue.reason, Reason::from_index(reason as usize).filter(|_| !reason.is_nan()));
            assert_eq!(cue.message, Message::from_index(message as usize).filter(|_| !message.is_nan()));
        }
    }
}

/// The conditions of the plays that were read, in their order.
fn accepted(list: &Value, names: &[String]) -> Vec<String> {
    let mut names = names.iter().peekable();
    let mut texts = vec![];
    for play in list.as_array().into_iter().flatten() {
        // a name twice is a fault of the second, and a play that was left out has none
        let is_next = names.peek().is_some_and(|name| play["name"] == name.as_str());
        if is_next && parse(&json!([play])).1.is_empty() {
            names.next();
            texts.push(play["when"].as_str().unwrap_or_default().to_owned());
        }
    }
    assert!(names.next().is_none(), "names that no play has");
    texts
}

/// A program as a text is read as the same program.
fn written(name: &str, program: &[f64]) {
    let names = measure_names();
    let mut when = String::new();
    for (number, term) in program[2..].chunks(3).enumerate() {
        let &[measure, operator, value] = term else { panic!("{program:?} has half a term") };
        let (measure, operator) = (measure as usize, operator as usize);
        let link = if operator >= usize::from(OR) { " or " } else { " and " };
        when.push_str(if number == 0 { "" } else { link });
        let value =
            if measure == usize::from(SEGMENT) { format!("\"{:08x}\"", value as u32) } else { format!("{value}") };
        when.push_str(&format!("{} {} {value}", names[measure], OPERATORS[operator % usize::from(OR)]));
    }
    let mut play = json!({ "name": name, "when": when });
    if let Some(reason) = Reason::NAMES.get(program[0] as usize).filter(|_| !program[0].is_nan()) {
        play["reason"] = json!(reason);
    }
    if let Some(message) = Message::NAMES.get(program[1] as usize).filter(|_| !program[1].is_nan()) {
        play["message"] = json!(message);
    }
    let (book, faults) = parse(&json!([play]));
    assert_eq!((format!("{:?}", book.programs), faults), (format!("[{program:?}]"), vec![]), "{when}");
}

/// Reads a condition that is one, word by word, and says whether it holds: any group of which all terms do.
fn naive(text: &str, measures: &[f64]) -> bool {
    let names = measure_names();
    let words = words(text);
    words.split(|word| word == "or").any(|group| {
        group.split(|word| word == "and").all(|term| {
            let [name, operator, value] = term else { panic!("{text:?} is no condition: {words:?}") };
            let measured = measures[names.iter().position(|other| other == name).expect("a measure")];
            let value = match value.strip_prefix('"') {
                Some(word) => f64::from(ItemId::from_text(word).0),
                None => value.parse().expect("a number"),
            };
            match operator.as_str() {
                ">" => measured > value,
                ">=" => measured >= value,
                "<" => measured < value,
                "<=" => measured <= value,
                "=" => measured == value,
                _ => measured != value && !measured.is_nan() && !value.is_nan(),
            }
        })
    })
}

/// Its words, sign by sign; what is in quotes keeps the first of them.
fn words(text: &str) -> Vec<String> {
    let is_sign = |c: char| "<>=!".contains(c);
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    let mut before = ' ';
    for c in text.chars() {
        let is_blank = !is_quoted && c.is_ascii_whitespace();
        let begins = !is_quoted && (c == '"' || is_sign(c) != is_sign(before) || before == '"');
        if is_blank || begins {
            words.push(String::new());
        }
        let ends = is_quoted && c == '"';
        if !is_blank && !ends {
            words.last_mut().expect("a word").push(c);
        }
        is_quoted ^= c == '"';
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A list of pieces: mostly what a shop may write, now and then what it may not.
fn pieces(bytes: &mut Bytes) -> Value {
    let names = measure_names();
    let list = (0..bytes.below(20)).map(|number| {
        let mut when = String::new();
        for term in 0..1 + bytes.below(4) {
            if term > 0 {
                when.push_str(bytes.pick(&[" and ", " or ", "\tand\n", " or  ", " OR "]));
            }
            let name = names.get(bytes.below(names.len() + 2)).map_or("nothing", String::as_str);
            let name = if bytes.below(8) == 0 { "segment" } else { name };
            when.push_str(name);
            when.push_str(bytes.pick(&["", " ", "\n"]));
            when.push_str(if name == "segment" { bytes.pick(&["=", "!=", ">"]) } else { bytes.pick(&OPERATORS) });
            when.push_str(bytes.pick(&["", " ", "\t"]));
            let word = bytes.pick(&["\"vip\"", "\"0000002a\"", "\"a-b_1\"", "\"\"", "\"", "vip"]);
            let number = bytes.number();
            let odd = bytes.pick(&["1e9", "-", "1.", ".5", "007", "-0", "0.1", "99999999999999999999", "1_0", "+1"]);
            match bytes.below(8) {
                0 => when.push_str(odd),
                _ if name == "segment" => when.push_str(word),
                _ => when.push_str(&number.to_string()),
            }
        }
        let name = bytes.pick(&["a", "b", "vip_2", "A", "", "a name", "z"]);
        let mut play = json!({ "name": format!("{name}{}", bytes.pick(&[number, 0])), "when": when });
        match bytes.below(8) {
            0 => play["reason"] = json!(bytes.pick(Reason::NAMES)),
            1 => play["message"] = json!(bytes.pick(Message::NAMES)),
            2 => play["reason"] = json!(bytes.number()),
            3 => play["default"] = json!(bytes.is_so()),
            4 => play["colour"] = json!("red"),
            5 => return json!(bytes.pick(&["a", ""])),
            _ => {}
        }
        play
    });
    list.collect()
}

fn row(bytes: &mut Bytes) -> FeatureRow {
    let row: [f32; FEATURE_COUNT] = std::array::from_fn(|_| bytes.number() as f32);
    row
}

/// A session with facts in it.
fn window(bytes: &mut Bytes) -> SignalWindow {
    let start = SessionStart { device: Device::Touch, w: 390.0, h: 660.0, doc_h: 5_000.0, visits: 0, orders: 0 };
    let mut window = SignalWindow::new(&start);
    let mut facts = Facts::NONE;
    facts.values_mut().iter_mut().for_each(|fact| *fact = bytes.number());
    facts.segment = bytes.pick(&[f64::from(ItemId::from_text("vip").0), 42.0, f64::NAN]);
    window.push(&Signal { t: 0, kind: SignalKind::Facts(facts) });
    window.push(&Signal { t: 500, kind: SignalKind::Page { page: bytes.pick(PageKind::ALL), item: None, from: None } });
    window.advance(10_500);
    window
}
