//! The model card, as Markdown, made from the manifest and from figures measured on real people.
//!
//! Sections follow Mitchell et al., "Model cards for model reporting", FAT* 2019. The same manifest and figures give the same
//! bytes, so a card in a repository can be checked against them.

mod tables;

use core::fmt::Write;

use self::tables::measured;
use super::figures::Figures;
use super::manifest::Manifest;

/// Features named in the card, at most.
const FEATURES_NAMED: usize = 12;

/// Where recordings of these sources are from.
const SOURCES: [(&str, &str); 2] = [
    (
        "query-abandonment",
        "visits to search result pages that ended without a click: Brückner, Arapakis, Leiva, CIKM 2020 (data: \
         luksurious/abandonment-rnn, MIT)",
    ),
    (
        "adserp",
        "visits to search result pages that ended with a click, so without a leave: Latifzadeh, Gwizdka, Leiva, SIGIR 2025 \
         (subset: andyed/approach-retreat, MIT)",
    ),
];

/// The card of the model with this manifest. `real` is what `falter evaluate --json` wrote about it, or about an earlier model,
/// on recordings of real people.
#[must_use]
pub fn card(manifest: &Manifest, real: Option<&Figures>) -> String {
    [
        details(manifest),
        intended(),
        data(manifest, real),
        simulated(manifest),
        on_real_people(manifest, real),
        factors(manifest),
        limits(real),
        ethics(),
        retrain(),
    ]
    .join("\n")
}

fn details(manifest: &Manifest) -> String {
    let mut features: Vec<_> = manifest.features.iter().collect();
    features.sort_by(|a, b| b.importance.total_cmp(&a.importance));
    let named = features.iter().take(FEATURES_NAMED);
    let named: Vec<String> = named.map(|f| format!("`{}` {:.1} %", f.name, 100.0 * f.importance)).collect();
    format!(
        "# Model card\n\n\
         <!-- made by `falter inspect --card`; don't edit -->\n\n\
         ## The model\n\n\
         The probability, four times a second, that the shopper on the page leaves within the next 4 s. It runs in the page; \
         nothing is sent anywhere.\n\n\
         | | |\n|---|---|\n\
         | kind | gradient-boosted oblivious trees with logistic loss (Prokhorenkova et al., NeurIPS 2018), isotonic \
         calibration, a multinomial logistic head for the reason |\n\
         | size | {} trees of depth {}, {} edges, {} bytes before compression |\n\
         | input | {} features of the last 32 s and the visit so far; table `{}` |\n\
         | output | a calibrated risk; one of 13 reasons, or unsure; thresholds for the presets calm, balanced, eager |\n\
         | file | CRC-32 `{}`, format {} |\n\
         | licence | MIT or Apache-2.0 |\n\n\
         What it looks at most (part of the trees' gain): {}.\n",
        manifest.trees,
        manifest.depth,
        manifest.edges,
        manifest.bytes,
        manifest.features.len(),
        manifest.feature_table,
        manifest.checksum,
        manifest.format,
        named.join(", ")
    )
}

fn intended() -> String {
    "## What it is for\n\n\
     Online shops that want to answer a doubt once, with something true, before the shopper goes. It is made to be used through \
     falter's policy: at most one card a visit, consent first, a holdout to measure by.\n\n\
     Not for: deciding prices or who is served, judging people, staff or fraud, pages on which leaving must be easy to the last \
     click (cancellation, health, debt, gambling), or any use that keeps somebody from going. It says that a leave is near, not \
     that a sale is lost.\n"
        .to_owned()
}

fn data(manifest: &Manifest, real: Option<&Figures>) -> String {
    let data = &manifest.data;
    let mut out = format!(
        "## What it was trained and judged on\n\n\
         Trained on: {}. {} people: 70 % for the trees ({} rows), 10 % to stop by, 20 % to calibrate and set the presets on \
         ({} visits without a leave); {} moments with a known reason for the reason head. A leave follows within 4 s of {:.1} % \
         of the ticks.\n",
        data.sources.join(", "),
        data.people,
        data.rows,
        data.visits_without_leave,
        data.reason_examples,
        100.0 * data.base_rate
    );
    if data.sources.iter().all(|source| source.contains("simulated")) {
        out += "\nNo real person was trained on. The simulated ones move, scroll, read, doubt and leave by published models and \
                shares; what no publication gives was chosen, and is marked so in `src/train/simulate/`.\n";
    }
    if let Some(real) = real {
        out += "\nJudged on real people of:\n\n";
        for group in real.groups.iter().filter(|group| group.by == "source") {
            let about = SOURCES.iter().find(|(name, _)| *name == group.name).map_or("", |(_, about)| about);
            let _ = writeln!(
                out,
                "- `{}`: {} leaves in {:.1} minutes{}{about}",
                group.name,
                group.leaves,
                group.minutes.unwrap_or(0.0),
                if about.is_empty() { "" } else { "; " },
            );
        }
        out += "\nNone of their recordings is part of this repository. Choices of the recipe were made on figures like these \
                (`models/training/LOG.md`), so they flatter it somewhat.\n";
    }
    out
}

fn simulated(manifest: &Manifest) -> String {
    let mut out = String::from("## Figures on simulated people it has never seen\n");
    if manifest.figures.is_empty() {
        out += "\nNone: it was trained on recordings alone. `falter evaluate` judges it on others.\n";
    }
    manifest.figures.iter().for_each(|figures| out += &measured(figures));
    let c = &manifest.calibration;
    let _ = writeln!(
        out,
        "\nCalibration on the people held out for it: error {:.4}, Brier score {:.5}, skill over the base rate {:.3}; in the \
         riskiest tenth of the ticks what happened is {:.3} of what was stated.",
        c.error, c.brier, c.skill, c.top
    );
    out
}

fn on_real_people(manifest: &Manifest, real: Option<&Figures>) -> String {
    let mut out = String::from("## Figures on real people\n");
    let Some(real) = real else {
        out += "\nNot measured. `falter evaluate FILES --json` measures it on recordings.\n";
        return out;
    };
    if real.model != manifest.checksum {
        let _ = writeln!(
            out,
            "\n**These are of an earlier model (`{}`), not of this one (`{}`).**",
            real.model, manifest.checksum
        );
    }
    out + &measured(real)
}

fn factors(manifest: &Manifest) -> String {
    let touch = manifest.features.iter().any(|feature| feature.name == "touch" && feature.importance > 0.0);
    format!(
        "## What the figures depend on\n\n\
         - The pointer. On touch screens there is no hovering hand to read; see the rows by device.{}\n\
         - The kind of leave; see the rows by leave. In recordings of real people 45 % of leaves have no pointer event in their \
         last 4 s (280 leaves of 106 people; Brückner, Arapakis, Leiva, CIKM 2020): of most of those nothing in a page can know.\n\
         - The shop: layouts, prices and facts differ. Nothing that names the site is among the inputs, but habits differ too.\n\
         - How people use their hands: assistive technology, a trackpad, one hand, age. No public data tells these apart, so \
         nothing is known about them.\n",
        if touch { " The model is told which it is." } else { "" }
    )
}

fn limits(real: Option<&Figures>) -> String {
    let is_search = |figures: &Figures| {
        let mut sources = figures.groups.iter().filter(|group| group.by == "source");
        sources.any(|group| SOURCES.iter().any(|(name, _)| *name == group.name))
    };
    let searchers = if real.is_some_and(is_search) {
        "- The real people it is judged on searched, on desktop computers; they did not shop. Few of them left, so one leave more \
         or less moves a figure by points: read the intervals.\n"
    } else {
        ""
    };
    format!(
        "## What it can't know\n\n\
         - Why. Reasons are learned from simulated doubts alone, until a shop's own answers to \"what's missing?\" are trained \
         on; under a confidence floor the answer is unsure.\n\
         - Whether a card helps. That is what the holdout is for.\n\
         - Leaves decided away from the page: a call, a child, a battery.\n\
         {searchers}\
         - A risk is calibrated on the people it was trained with. On others the order of risks holds better than their size: set \
         the presets on the shop's own visits.\n"
    )
}

fn ethics() -> String {
    "## Ethics\n\n\
     - Behaviour on the page is read in the page. No key contents, no identity, no network; nothing is kept before consent.\n\
     - Watching is no ground to say so: a message speaks to the doubt, never of having seen it.\n\
     - No countdowns, shaming, traps or invented scarcity; the card takes no focus and goes when told to.\n\
     - Foreseeing a leave can be used against people. Discounts for hesitating teach hesitation and are unfair to those who \
     don't; so they come last, are off by default, and not for those who leave carts to be paid for it.\n\
     - A false alert costs an honest shopper a moment. That is why the headline is visits without a leave that saw a card.\n"
        .to_owned()
}

fn retrain() -> String {
    "## Retraining on your own shop\n\n\
     Record visits with consent (`falter.record()`), then:\n\n\
     ```sh\n\
     falter evaluate visits.ndjson --html report.html            # how it does on your people\n\
     falter evaluate visits.ndjson --presets -o own.falter       # the same trees, presets set by your visits\n\
     falter train visits.ndjson --simulate 12000 -o own.falter   # new trees, yours and simulated people together\n\
     falter evaluate later.ndjson --model own.falter             # on people it was not trained on\n\
     ```\n\n\
     Some hundred visits are enough for presets, some thousand leaves for trees. Judge on people who were not trained on, and \
     keep the holdout running.\n"
        .to_owned()
}
