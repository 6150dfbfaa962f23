/** What a running JVM tells of its cards: events of JDK Flight Recorder, and beans of JMX. Neither costs anything while off. */
package ixy4j.telemetry;
