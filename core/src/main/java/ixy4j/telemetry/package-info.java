/** What a running JVM tells of its cards: events of JDK Flight Recorder, beans of JMX, and a log. None costs anything while off. */
package ixy4j.telemetry;
