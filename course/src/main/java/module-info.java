/** What a driver that is written in the course sees: a card, its registers, and memory. It depends on nothing but the JDK. */
module ixy4j.course {
    exports ixy4j.course;
}
