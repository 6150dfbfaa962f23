/**
 * A course in which one writes a driver. {@link ixy4j.learn.Checker} is where to start: it compiles a learner's file, runs a
 * {@link ixy4j.learn.Stage} on a {@link ixy4j.learn.Bench} of emulated cards that are stepped, and makes a
 * {@link ixy4j.learn.Report}. {@link ixy4j.learn.ChildProcess} does so in a JVM of its own, since what learners write may
 * never end. {@link ixy4j.learn.Folder} is what there is on disk.
 */
package ixy4j.learn;
