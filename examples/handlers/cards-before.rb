#!/usr/bin/env ruby
# frozen_string_literal: true

# Lays out address books for `syncmgr handler test`: new cards on both sides, one that was changed on both, and a file
# that is no card.
#
#   cards-before.rb BOOKS FOLDERS
require 'fileutils'

books, folders = ARGV

def card(uid, name, telephone)
  "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:#{uid}\r\nFN:#{name}\r\nTEL:#{telephone}\r\nEND:VCARD\r\n"
end

FileUtils.rm_rf([books, folders])
FileUtils.mkdir_p([books, File.join(folders, 'friends'), File.join(folders, 'work')])
friends = (1..40).map { |at| card("friend-#{at}", "Friend #{at}", at) }
File.binwrite(File.join(books, 'friends.vcf'), friends.join + card('carol', 'Carol', 1))
File.binwrite(File.join(folders, 'friends', 'Carol.vcf'), card('carol', 'Carol', 2))
File.binwrite(File.join(folders, 'friends', 'Zoe.vcf'), card('zoe', 'Zoe', 9))
File.binwrite(File.join(books, 'work.vcf'), (1..40).map { |at| card("work-#{at}", "Work #{at}", at) }.join)
File.binwrite(File.join(folders, 'work', 'broken.vcf'), 'hello')
