//! How the parts of a page are known: CSS selectors, and patterns (ECMAScript's) of addresses and of fields' names.
//!
//! Of each list the first that matches counts.

use crate::signal::{Copied, FieldType, PageKind, Target};

/// What a click landed on, by the element or one around it.
pub const TARGETS: [(&str, Target); 5] = [
    ("a[href]", Target::Link),
    ("button,[role=button],summary,[type=submit],[type=button]", Target::Button),
    ("input,select,textarea,label,[contenteditable]", Target::Field),
    ("img,picture,video,svg,canvas", Target::Media),
    ("p,h1,h2,h3,h4,li,td,dd,dt,span", Target::Text),
];

/// What was copied, by the element it was in.
pub const COPIES: [(&str, Copied); 3] = [
    ("[data-falter=price],[data-falter=total],[itemprop=price]", Copied::Price),
    ("[data-falter=coupon]", Copied::Coupon),
    ("h1,h2,[itemprop=name]", Copied::Product),
];

/// What a field asks for, by its autocomplete, type and name in lower case.
pub const FIELDS: [(&str, FieldType); 4] = [
    ("cc-|card|iban", FieldType::Card),
    ("password|username", FieldType::Account),
    ("email", FieldType::Email),
    ("address|street|postal|city|country", FieldType::Address),
];

/// What an address's path, in lower case, says of a page that is not marked. A thank-you page is often under checkout.
pub const PATHS: [(&str, PageKind); 9] = [
    ("thank|order-received", PageKind::Thanks),
    ("payment", PageKind::Payment),
    ("checkout", PageKind::Checkout),
    ("basket|/cart|/bag", PageKind::Cart),
    ("search", PageKind::Search),
    ("polic|returns|shipping", PageKind::Policy),
    ("account|login", PageKind::Account),
    ("products?/|/p/|/item", PageKind::Product),
    ("collection|categor|/c/|/shop", PageKind::Category),
];

/// Single selectors, by what they find.
pub const SELECTORS: [(&str, &str); 5] = [
    // what is clicked on the card or a tool of the shop's own is not shopping
    ("ours", "falter-card,[data-falter-ignore]"),
    // what a person can type in (Selectors 4; HTML standard, 4.16.3): no checkbox, button or slider is
    ("editable", ":read-write"),
    // What the shop itself serves, told by an address without a host. That a script of another's fails is what blockers
    // are for, and nothing a shopper sees.
    ("part", ":is(img,script)[src]:not([src*=':'],[src^='//'])"),
    // a dialog of the shop's; ours is not found, it stands in a shadow
    ("dialog", "dialog[open],[aria-modal=true]:not([hidden])"),
    // the Open Graph protocol and schema.org's microdata
    ("product", "meta[property='og:type'][content*=product],[itemscope][itemtype$='schema.org/Product']"),
];
