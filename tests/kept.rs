//! The recordings that the studio judges by: what is said of them is what `falter evaluate` says of the same file.
#![cfg(feature = "train")]

use falter::model::Model;
use falter::train::Visit;
use falter::train::digest::judge;
use falter::train::figures::Figures;
use falter::train::glossary::{Glossary, Group};
use falter::train::kept::{Kept, MOST_MS, TextError, visit};
use falter::train::loaded::{LoadError, Loaded};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::survey::Survey;
use falter::train::tuning::Settings;

fn visits(seed: u64) -> Vec<Visit> {
    let options = SimulateOptions { sessions: 12, seed, ..SimulateOptions::default() };
    simulate(&options).map(Visit::from).collect()
}

fn text(visit: &Visit) -> String {
    let mut text = String::new();
    visit.write(&mut text);
    text
}

fn put(kept: &mut Kept, model: &Model, visits: &[Visit]) {
    for visit in visits {
        kept.put(model, visit.header.session.clone(), text(visit)).unwrap();
    }
}

fn figures(model: &Model, visits: &[Visit]) -> Figures {
    let mut survey = Survey::default();
    let judgements: Vec<_> = (0..).zip(visits).map(|(number, visit)| judge(model, number, visit)).collect();
    judgements.iter().for_each(|judgement| survey.add(judgement));
    let mut contest = survey.settle(model);
    judgements.iter().for_each(|judgement| contest.add(&judgement.digest));
    Figures { date: Some("2026-11-21".to_owned()), ..contest.figures("them") }
}

#[test]
fn figures_are_those_of_the_protocol_whatever_was_put_and_dropped_before() {
    let model = Loaded::shipped().unwrap().model().clone();
    let (first, second) = (visits(1), visits(2));
    let mut kept = Kept::default();
    let said = |kept: &mut Kept| kept.figures(&model, "them", "2026-11-21".to_owned());
    assert_eq!(said(&mut kept), None);
    put(&mut kept, &model, &first[..4]);
    put(&mut kept, &model, &second);
    assert_eq!(said(&mut kept).unwrap(), figures(&model, &[&first[..4], &second].concat()));
    // the numbers of those that stay are now others
    kept.drop_those(&first.iter().map(|visit| visit.header.session.clone()).collect::<Vec<String>>());
    assert_eq!(said(&mut kept).unwrap(), figures(&model, &second));
    // put again, one takes the place it had
    kept.put(&model, second[3].header.session.clone(), text(&first[7])).unwrap();
    let mut third = second.clone();
    third[3] = first[7].clone();
    assert_eq!(said(&mut kept).unwrap(), figures(&model, &third));
    assert_eq!(kept.ids().nth(3), Some(second[3].header.session.as_str()));
}

#[test]
fn another_model_judges_them_anew() {
    let loaded = Loaded::shipped().unwrap();
    let mut parts = loaded.model().parts();
    parts.base += 1.0;
    let bold = Model::new(parts).unwrap();
    let visits = visits(3);
    let (mut kept, mut fresh) = (Kept::default(), Kept::default());
    put(&mut kept, loaded.model(), &visits);
    put(&mut fresh, &bold, &visits);
    let settings = Settings::new(0.4);
    let before = kept.tune(&settings);
    assert!(kept.figures(loaded.model(), "them", String::new()).is_some());
    kept.judge_anew(&bold);
    assert_eq!(kept.tune(&settings), fresh.tune(&settings));
    assert_ne!(kept.tune(&settings), before);
    assert_eq!(kept.figures(&bold, "them", String::new()), fresh.figures(&bold, "them", String::new()));
}

#[test]
fn what_is_not_one_session_is_refused_and_changes_nothing() {
    let model = Loaded::shipped().unwrap().model().clone();
    let visits = visits(4);
    let mut kept = Kept::default();
    put(&mut kept, &model, &visits[..1]);
    let id = &visits[0].header.session;
    let mut refusal = |text: &str| kept.put(&model, id.clone(), text.to_owned()).unwrap_err().to_string();
    assert_eq!(refusal(""), "no session in it");
    assert_eq!(refusal(&(text(&visits[0]) + &text(&visits[1]))), "more than one session in it: divide it");
    assert_eq!(
        refusal(&(text(&visits[0]) + "oops")),
        format!("line {}: expected {{ at byte 0", visits[0].signals.len() + 2)
    );
    let mut alone = Kept::default();
    put(&mut alone, &model, &visits[..1]);
    assert_eq!(kept.tune(&Settings::new(0.3)), alone.tune(&Settings::new(0.3)));
}

#[test]
fn a_manifest_of_another_training_is_refused() {
    let (model, manifest) = (include_bytes!("../models/exit.falter"), include_str!("../models/exit.json"));
    let info = Loaded::new(model, Some(manifest)).unwrap().info();
    assert!(info.has_shares && info.presets[4].0 == 0.05, "{info:?}");
    assert!(!Loaded::new(model, None).unwrap().info().has_shares);
    let other = manifest.replace(&info.checksum, "00000000");
    let error = Loaded::new(model, Some(&other)).unwrap_err();
    assert!(matches!(error, LoadError::Other(..)) && error.to_string().contains("model 00000000"), "{error}");
    assert!(matches!(Loaded::new(model, Some("{}")), Err(LoadError::Manifest(_))));
    assert!(matches!(Loaded::new(&model[..9], None), Err(LoadError::Model(_))));
    let short = manifest.replacen("\"leaf_shares\": [", "\"leaf_shares\": [[0.5, 0.5],", 1);
    assert!(short != manifest && matches!(Loaded::new(model, Some(&short)), Err(LoadError::Shares)));
}

#[test]
fn every_feature_has_the_group_of_its_neighbours() {
    let features = Glossary::new().features;
    let mut groups: Vec<Group> = features.iter().map(|feature| feature.group).collect();
    groups.dedup();
    assert_eq!(groups, [Group::Pointer, Group::Scroll, Group::Activity, Group::Sections, Group::Purchase]);
    let group = |name: &str| features.iter().find(|feature| feature.name == name).map(|feature| feature.group);
    for (name, expected) in [
        ("touch", Group::Pointer),
        ("out_s", Group::Pointer),
        ("scroll_depth", Group::Scroll),
        ("since_signal_s", Group::Activity),
        ("last_away_s", Group::Activity),
        ("shipping_dwell_s", Group::Sections),
        ("cart_adds", Group::Purchase),
    ] {
        assert_eq!(group(name), Some(expected), "{name}");
    }
}

#[test]
fn a_session_of_days_is_refused() {
    let day = |end: u32| {
        let header = format!(
            r#"{{"session":"a","format":1,"source":"x","device":"mouse","w":1280,"h":720,"docH":2400,"end":{end}}}"#
        );
        format!("{header}\n{{\"t\":0,\"s\":\"page\",\"page\":\"home\"}}\n")
    };
    assert!(visit(&day(MOST_MS)).is_ok());
    let late = format!("{}{{\"t\":{},\"s\":\"move\",\"x\":1,\"y\":1}}\n", day(1_000), MOST_MS + 1);
    for text in [day(MOST_MS + 1), late] {
        assert!(matches!(visit(&text), Err(TextError::Long)));
    }
}
