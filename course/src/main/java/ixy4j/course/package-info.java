/**
 * All that a driver of the course has. {@link ixy4j.course.Driver} is what one writes, {@link ixy4j.course.Card} is what it
 * drives, {@link ixy4j.course.Memory} is what both can reach; {@link ixy4j.course.Reg} and {@link ixy4j.course.Descriptor}
 * have the datasheet's names. Sections are those of the "Intel 82599 10 GbE Controller Datasheet".
 */
package ixy4j.course;
