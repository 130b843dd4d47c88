//! Kinematics from the list of pointer samples.

use falter::features::FEATURE_COUNT;
use falter::features::Index as F;

use super::{BUCKET, Sample, Story};

impl Story<'_> {
    pub(super) fn pointer(&self, row: &mut [f64; FEATURE_COUNT]) {
        let mut set = |index: F, value: f64| row[index as usize] = value;
        let since = |at: i64| (self.now - at) as f64 / 1000.0;
        let out = self.outside.iter().rev().find(|outing| outing.told.is_none()).map(|outing| outing.from);
        set(F::Out, out.map_or(0.0, since));
        let mut rest: Option<(&Sample, i64)> = None;
        for sample in &self.samples {
            let way = |old: &Sample| {
                f64::from(sample.x - old.x) * f64::from(sample.x - old.x)
                    + f64::from(sample.y - old.y) * f64::from(sample.y - old.y)
            };
            if rest.is_none_or(|(old, _)| way(old) > 9.0) {
                rest = Some((sample, sample.t));
            }
        }
        set(F::Pause, rest.map_or(60.0, |(_, at)| since(at)));
        let Some((x, y)) = self.place(self.head()) else { return };
        let (x, y) = (x / 2.0, y / 2.0);

        let steps: Vec<(f64, f64)> = self.buckets(64).map(|bucket| self.step(bucket)).collect();
        let lengths: Vec<f64> = steps.iter().map(|(dx, dy)| (dx * dx + dy * dy).sqrt()).collect();
        let path = |count: usize| lengths[..count].iter().sum::<f64>();
        let net = |count: usize| steps[..count].iter().fold((0.0, 0.0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
        for (index, count, seconds) in [(F::Speed05, 4, 0.5), (F::Speed2, 16, 2.0)] {
            set(index, path(count) / seconds);
        }
        set(F::PeakSpeed2, lengths[..16].iter().copied().fold(0.0, f64::max) / 0.125);
        set(F::Acceleration1, (path(4) / 0.5 - (path(8) - path(4)) / 0.5) / 0.5);
        let second: Vec<f64> = (0..14).map(|i| (lengths[i] - 2.0 * lengths[i + 1] + lengths[i + 2]).abs()).collect();
        set(F::Jerk2, second.iter().sum::<f64>() / 14.0 / (0.125 * 0.125 * 0.125));
        for (index, count) in [(F::Rise2, 16), (F::Rise8, 64)] {
            set(index, -net(count).1 / self.h);
        }

        // steps that have a direction, newest first, with their places
        let moves: Vec<usize> = (0..64).filter(|&i| lengths[i] >= 3.0).collect();
        let mut cosines = Vec::new();
        for pair in moves.windows(2) {
            let unit = |step: usize| {
                let length = lengths[step] as f32;
                (steps[step].0 as f32 / length, steps[step].1 as f32 / length)
            };
            let ((ax, ay), (bx, by)) = (unit(pair[0]), unit(pair[1]));
            // in 32 bits: at 45 degrees the last of them decides
            cosines.push((pair[1], ax * bx + ay * by));
        }
        let is_turn = |cosine: f32| cosine < std::f32::consts::FRAC_1_SQRT_2;
        set(F::Turns2, cosines.iter().filter(|&&(older, c)| older < 16 && is_turn(c)).count() as f64);
        set(F::Turns8, cosines.iter().filter(|&&(_, c)| is_turn(c)).count() as f64);
        let bend: f64 = cosines.iter().map(|(_, c)| (1.0 - f64::from(*c)) / 2.0).sum();
        set(F::Curvature8, if cosines.is_empty() { 0.0 } else { bend / cosines.len() as f64 });

        let (dx, dy) = net(16);
        let way = (dx * dx + dy * dy).sqrt();
        set(F::Straightness2, if path(16) < 3.0 { 0.0 } else { way / path(16) });
        set(F::HeadingTop2, if way < 3.0 { 0.0 } else { -dy / way });
        // left, right, top, bottom
        let distances = [x, self.w - x, y, self.h - y];
        let nearest = distances.iter().copied().fold(f64::MAX, f64::min);
        set(F::EdgeDistance, nearest / self.h);
        set(F::PointerY, y / self.h);
        let speed_up = -net(4).1 / 0.5;
        set(F::TimeToTop, if speed_up < 1.0 { 10.0 } else { y.max(0.0) / speed_up });

        let places: Vec<(i64, (f64, f64))> = self.buckets(64).filter_map(|b| Some((b, self.place(b)?))).collect();
        let known = places.len() as f64;
        let was_out = |bucket: i64| {
            let (from, to) = (bucket * BUCKET, (bucket + 1) * BUCKET);
            self.outside.iter().any(|outing| outing.from < to && outing.back.is_none_or(|back| back >= from))
        };
        let in_header =
            |&&(bucket, (_, y)): &&(i64, (f64, f64))| (y as f32) < self.h as f32 * 0.15 * 2.0 && !was_out(bucket);
        set(F::HeaderShare8, places.iter().filter(in_header).count() as f64 / known);
        let still: Vec<bool> = lengths[..places.len()].iter().map(|&length| length < 3.0).collect();
        set(F::StillShare8, still.iter().filter(|&&is_still| is_still).count() as f64 / known);
        let rests = still.split(|&is_still| !is_still).filter(|run| run.len() >= 4).count();
        set(F::Pauses8, rests as f64);
        let extent = |axis: fn(&(i64, (f64, f64))) -> f64| {
            let values: Vec<f64> = places.iter().map(axis).collect();
            values.iter().copied().fold(f64::MIN, f64::max) - values.iter().copied().fold(f64::MAX, f64::min)
        };
        let (wide, high) = (extent(|p| p.1.0) / 2.0, extent(|p| p.1.1) / 2.0);
        set(F::Spread8, (wide * wide + high * high).sqrt() / self.h);
    }
}
