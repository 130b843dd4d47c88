//! The condition of a play: terms `NAME OPERATOR VALUE` with `and` or `or` between them.

use super::super::{MOST_TERMS, OPERATORS, OR, SEGMENT, measure_names};
use crate::signal::ItemId;

/// Characters of a segment's name, at most.
const MOST_SEGMENT: usize = 40;
/// Comparisons that need no order.
const EQUALITIES: [&str; 2] = ["=", "!="];

/// A piece of a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Token<'a> {
    text: &'a str,
    is_quoted: bool,
}

/// Measure, operator and value of each term.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn read(text: &str) -> Result<Vec<f64>, String> {
    let mut tokens = tokens(text)?.into_iter().peekable();
    let measures = measure_names();
    let (mut terms, mut operator_more) = (vec![], 0);
    loop {
        let name = tokens.next().ok_or("ends before a measure")?;
        let measure = measures.iter().position(|measure| !name.is_quoted && measure == name.text);
        let measure = measure.ok_or_else(|| format!("\"{}\" is no measure", name.text))?;
        let token = tokens.next().ok_or("ends before a comparison")?;
        let operator = OPERATORS.iter().position(|operator| !token.is_quoted && *operator == token.text);
        let list = OPERATORS.join(" ");
        let operator = operator.ok_or_else(|| format!("\"{}\" is no comparison: {list}", token.text))?;
        let is_segment = measure == usize::from(SEGMENT);
        if is_segment && !EQUALITIES.contains(&token.text) {
            let list = EQUALITIES.join(" ");
            return Err(format!("\"{}\" cannot compare a segment: {list}", token.text));
        }
        let value = if is_segment { segment(tokens.next())? } else { number(tokens.next())? };
        if terms.len() == 3 * MOST_TERMS {
            return Err(format!("at most {MOST_TERMS} terms"));
        }
        terms.extend([measure as f64, (operator + operator_more) as f64, value]);
        operator_more = match tokens.next() {
            None => return Ok(terms),
            Some(Token { text: "and", is_quoted: false }) => 0,
            Some(Token { text: "or", is_quoted: false }) => usize::from(OR),
            Some(other) => return Err(format!("\"{}\" is neither and nor or", other.text)),
        };
    }
}

fn segment(token: Option<Token>) -> Result<f64, String> {
    let Token { text, is_quoted } = token.ok_or("ends before a word in quotes")?;
    if !is_quoted {
        return Err(format!("\"{text}\" is no word in quotes"));
    }
    let is_word = (1..=MOST_SEGMENT).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    if !is_word {
        return Err(format!("\"{text}\" is no word of [a-z0-9_-]{{1,{MOST_SEGMENT}}}"));
    }
    Ok(ItemId::from_text(text).0.into())
}

fn number(token: Option<Token>) -> Result<f64, String> {
    let Token { text, is_quoted } = token.ok_or("ends before a number")?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let is_decimal = !is_quoted && are_digits(whole) && are_digits(part);
    let value = text.parse().ok().filter(|value: &f64| is_decimal && value.is_finite());
    value.ok_or_else(|| format!("\"{text}\" is no number"))
}

/// Words, runs of `> < = !`, and what is in quotes; blanks between them are free.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let is_sign = |c: char| matches!(c, '>' | '<' | '=' | '!');
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let mut tokens = vec![];
    let mut rest = text.trim_start_matches(is_blank);
    while let Some(first) = rest.chars().next() {
        let (text, after) = if first == '"' {
            rest.get(1..).and_then(|inside| inside.split_once('"')).ok_or("a quote is not closed")?
        } else {
            let is_end = |c: char| is_blank(c) || c == '"' || is_sign(c) != is_sign(first);
            rest.split_at(rest.find(is_end).unwrap_or(rest.len()))
        };
        tokens.push(Token { text, is_quoted: first == '"' });
        rest = after.trim_start_matches(is_blank);
    }
    Ok(tokens)
}
