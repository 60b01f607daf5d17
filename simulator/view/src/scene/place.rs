//! What is where: the step under a pointer, and the box around a step.

use super::Scene;

/// How far from a bar a pointer still means it, in px.
const NEAR_PX: i32 = 7;

/// A box in the picture, in px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The left edge.
    pub x: i32,
    /// The top edge.
    pub y: i32,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
}

/// The run and step under a pointer: the smallest bar nearest to it, acting ones first.
pub fn hit(scene: &Scene, x: i32, y: i32) -> Option<(usize, usize)> {
    let near = scene.runs.iter().flat_map(|run| {
        run.bars.iter().filter_map(move |bar| {
            let dx = (bar.x - x).max(x - bar.x - bar.width).max(0);
            let inside = bar.y - 4 <= y && y <= bar.y + bar.height + 4;
            (inside && dx <= NEAR_PX).then_some(((bar.poll, dx, bar.width), (run.run, bar.step)))
        })
    });
    near.min_by_key(|(nearness, _)| *nearness).map(|(_, step)| step)
}

impl Scene {
    /// The box around a step of a run, if it is drawn.
    pub fn frame(&self, run: usize, step: usize) -> Option<Frame> {
        let bar = self.of_run(run)?.bars.iter().find(|bar| bar.step == step)?;
        Some(Frame { x: bar.x, y: bar.y, width: bar.width, height: bar.height })
    }

    /// The run whose lanes a place is in, or next to.
    pub fn run_at(&self, y: i32) -> usize {
        let above = self.runs.iter().rev().find(|run| run.top <= y);
        above.or(self.runs.first()).map_or(0, |run| run.run)
    }
}
