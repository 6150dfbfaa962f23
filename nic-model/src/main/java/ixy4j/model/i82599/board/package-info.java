/**
 * What is on the board of the emulated 82599 beside the controller: the EEPROM with its SPI bus, the cage with its SFP+ module,
 * and the I2C and MDIO buses.
 */
package ixy4j.model.i82599.board;
