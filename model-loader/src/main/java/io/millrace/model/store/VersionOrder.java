/*
 * Copyright the Millrace authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.millrace.model.store;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of versions: runs of digits by their number, all else by its characters; {@code v9} before {@code v10}. */
final class VersionOrder {

    static final Comparator<String> OLDEST_FIRST = VersionOrder::compare;

    private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

    private VersionOrder() {}

    static boolean isOlder(String version, String than) {
        return compare(version, than) < 0;
    }

    private static int compare(String left, String right) {
        Matcher a = PIECE.matcher(left);
        Matcher b = PIECE.matcher(right);
        while (a.find() && b.find()) {
            int order = comparePieces(a.group(), b.group());
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(left.length(), right.length());
        return order != 0 ? order : left.compareTo(right);
    }

    private static int comparePieces(String left, String right) {
        if (Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0))) {
            String a = left.replaceFirst("^0+(?=\\d)", "");
            String b = right.replaceFirst("^0+(?=\\d)", "");
            return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        }
        return left.compareTo(right);
    }
}
