//! Both passes of judging over any people: for `falter evaluate` on recordings, for `falter train` on simulated people.

use anyhow::Result;
use falter::model::Model;
use falter::train::digest::judge;
use falter::train::figures::Figures;
use falter::train::people::{Person, work_through};
use falter::train::survey::Survey;

use crate::progress::Progress;
use crate::spool::Spool;

/// Judges a model on these people, of whom `total` are expected where that is known.
pub(crate) fn judge_all<E>(
    model: &Model,
    people: impl Iterator<Item = Result<Person, E>>,
    names: &str,
    total: Option<u64>,
    threads: usize,
    json: bool,
) -> Result<Figures>
where
    anyhow::Error: From<E>,
{
    let (mut survey, mut spool) = (Survey::default(), Spool::new()?);
    let mut progress = Progress::new("judging", total, json);
    let mut spooled = Ok(());
    work_through(
        people,
        threads,
        |number, visit| judge(model, number, &visit),
        |judgement| {
            survey.add(&judgement);
            if spooled.is_ok() {
                spooled = spool.put(&judgement.digest);
            }
            progress.at(survey.visits(), String::new);
        },
    )?;
    spooled?;
    progress.finish();
    let mut progress = Progress::new("counting", None, json);
    let mut contest = survey.settle(model);
    for (done, digest) in (1..).zip(spool.read()?) {
        contest.add(&digest?);
        progress.at(done, String::new);
    }
    progress.finish();
    Ok(contest.figures(names))
}
