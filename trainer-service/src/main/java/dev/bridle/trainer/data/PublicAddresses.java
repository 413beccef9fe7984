package dev.bridle.trainer.data;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from those that a name must not lead a trainer to: its own
 * machine and network, and what carries such an address inside. Source: IANA's special-purpose
 * address registries (RFC 6890).
 */
final class PublicAddresses {
  private static final List<Block> IPV4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /** Global unicast without what is set aside in it; nothing else is public. */
  private static final Block GLOBAL = block("2000::/3");

  private static final List<Block> IPV6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    return address.getAddress().length == 4
        ? IPV4.stream().noneMatch(block -> block.contains(address))
        : GLOBAL.contains(address) && IPV6.stream().noneMatch(block -> block.contains(address));
  }

  /**
   * @param prefix bits that all its addresses have in common
   */
  private record Block(byte[] base, int prefix) {
    boolean contains(InetAddress address) {
      byte[] other = address.getAddress();
      int rest = base.length * 8 - prefix;
      return other.length == base.length
          && new BigInteger(1, base)
              .shiftRight(rest)
              .equals(new BigInteger(1, other).shiftRight(rest));
    }
  }

  private static List<Block> blocks(String... texts) {
    return Arrays.stream(texts).map(PublicAddresses::block).toList();
  }

  private static Block block(String text) {
    String[] parts = text.split("/");
    try {
      return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("no address: " + text, e);
    }
  }
}
