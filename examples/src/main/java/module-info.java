/** Programs to read, run and change. They use what the library exports to everyone, as any other program can. */
module ixy4j.examples {
    requires ixy4j;
}
