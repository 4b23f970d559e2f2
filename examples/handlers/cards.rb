#!/usr/bin/env ruby
# frozen_string_literal: true

# Keeps address books the same, in Ruby with nothing but what comes with it: written from docs/protocol.md alone, by
# somebody who had read nothing else.
#
# Address books come in two shapes: one file with all cards, as telephones and mail programs export and import it, and
# a folder with one file per card, as khard, vdirsyncer and others keep it. This keeps the two the same, card by card
# and in both directions. Each book is one item: `friends.vcf` in `books` and the folder `friends` in `folders`.
#
#   handlers:
#     cards:
#       command: [ruby, ./cards.rb]
#
#   settings:
#     books: /data/phone            # friends.vcf, work.vcf …
#     folders: /data/contacts       # friends/Ada Lovelace.vcf …
#     conflicts: inbox              # or book, folder, newest: who is right when a card was changed on both sides
#
# What was the same last time is remembered in `.cards` in `folders`. A card that is gone from one side since then is
# deleted on the other; a book that is missing as a whole on one side is written there anew.

require 'digest'
require 'fileutils'
require 'json'
require 'securerandom'
require 'set'

# What ends a call: a text for people, a word for programs, and who can help.
class Failure < StandardError
  attr_reader :code, :help

  def initialize(code, help, text)
    super(text)
    @code = code
    @help = help
  end
end

# Texts of people's files are bytes until somebody reads them.
def readable(bytes)
  bytes.dup.force_encoding(Encoding::UTF_8).scrub('?')
end

# Either the whole new content is there or the old one.
def write_whole(path, bytes)
  FileUtils.mkdir_p(File.dirname(path))
  fresh = File.join(File.dirname(path), ".#{SecureRandom.hex(6)}.new")
  File.open(fresh, 'wb') do |file|
    file.write(bytes)
    file.fsync
  end
  File.chmod(File.stat(path).mode & 0o7777, fresh) if File.exist?(path)
  File.rename(fresh, path)
ensure
  File.unlink(fresh) if fresh && File.exist?(fresh)
end

# A stretch of a file: a card, a card that cannot be understood, or what stands between cards.
class Stretch
  attr_reader :raw, :uid, :name, :digest

  def initialize(raw)
    @raw = raw.b
    # The same card may be folded and end its lines in another way.
    plain = @raw.gsub("\r\n", "\n").gsub(/\n[ \t]/, '').strip
    @card = plain.match?(/\ABEGIN:VCARD$/i)
    @whole = @card && plain.match?(/^END:VCARD\z/i)
    @uid = readable(plain[/^(?:[\w-]+\.)?UID(?:;[^:\n]*)?:(.+)$/i, 1].to_s.strip) if @whole
    @uid = nil if @uid == ''
    @name = readable(plain[/^(?:[\w-]+\.)?FN(?:;[^:\n]*)?:(.+)$/i, 1].to_s.strip).gsub(/\\([,;\\])/, '\1')
    @digest = Digest::SHA256.hexdigest(plain)
  end

  def broken?
    @card && !@uid
  end

  def with_uid(uid)
    Stretch.new(@raw.sub(/^((?:[\w-]+\.)?UID(?:;[^:\r\n]*)?:)[^\r\n]*(\r?\n[ \t][^\r\n]*)*/i) { "#{$1}#{uid}".b })
  end

  def self.split(text)
    found = [+''.b]
    depth = 0
    text.b.each_line do |line|
      if line.match?(/\ABEGIN:VCARD\s*\z/i)
        found << +''.b if depth.zero?
        depth += 1
      end
      found.last << line
      next unless line.match?(/\AEND:VCARD\s*\z/i)

      depth = [depth - 1, 0].max
      found << +''.b if depth.zero?
    end
    found.reject(&:empty?).map { |raw| new(raw) }
  end
end

# One address book in both shapes, and what was the same last time.
class Book
  Problem = Struct.new(:subject, :code, :text)
  SIDES = %w[book folder].freeze

  attr_reader :name, :problems, :base, :file, :folder

  def initialize(settings, name)
    @name = name
    @file = File.join(settings['books'], "#{name}.vcf")
    @folder = File.join(settings['folders'], name)
    @notes = File.join(settings['folders'], '.cards', "#{name}.json")
    @rule = settings['conflicts']
    read
  end

  def read
    @problems = []
    @doubtful = Set.new
    @base = File.exist?(@notes) ? JSON.parse(File.read(@notes)) : {}
    # A side that is missing altogether says nothing about its cards.
    @base = {} unless File.exist?(@file) && File.directory?(@folder)
    read_book
    read_folder
  end

  def read_book
    @text = File.exist?(@file) ? File.binread(@file) : nil
    @stretches = Stretch.split(@text || '')
    @cards = {}
    @stretches.each do |one|
      if one.broken?
        @book_in_doubt = true
        @problems << Problem.new(File.basename(@file), 'cards-broken',
                                 "A card in #{@file} has no UID or no end, and is left alone. Give it one: " \
                                 "#{one.name.empty? ? readable(one.raw[0, 60]).inspect : one.name}")
      elsif one.uid && @cards[one.uid]
        twice(File.basename(@file), one)
      elsif one.uid
        @cards[one.uid] = one
      end
    end
  end

  def read_folder
    @files = {}
    names = File.directory?(@folder) ? Dir.children(@folder).select { |n| n =~ /\A[^.].*\.vcf\z/i }.sort : []
    names.each do |name|
      path = File.join(@folder, name)
      next unless File.file?(path)

      one = begin
        only_card(File.binread(path))
      rescue SystemCallError => e
        trouble(name, 'cards-unreadable', "#{path} cannot be read and is left alone: #{e.message}")
        next
      end
      if one.nil?
        trouble(name, 'cards-broken', "#{path} is not one whole card with a UID, and is left alone. Mend or remove it.")
      elsif @files[one.uid]
        twice(name, one)
      else
        @files[one.uid] = [name, one]
      end
    end
  end

  def trouble(name, code, text)
    @problems << Problem.new(readable(name), code, text)
    @base.each { |uid, known| @doubtful << uid if known['file'] == readable(name) }
  end

  def twice(name, one)
    @doubtful << one.uid
    @problems << Problem.new(readable(name), 'cards-twice',
                             "Two cards of #{@name} have the UID #{one.uid}; both are left alone. Remove one of them.")
  end

  def only_card(bytes)
    cards = Stretch.split(bytes).select { |one| one.uid || one.broken? }
    cards.length == 1 && !cards[0].broken? ? cards[0] : nil
  end

  def gone?
    @text.nil? && !File.directory?(@folder)
  end

  def card(side, uid)
    side == 'book' ? @cards[uid] : @files[uid]&.last
  end

  def digest(side, uid)
    card(side, uid)&.digest
  end

  def count(side)
    side == 'book' ? @cards.length : @files.length
  end

  # The name of its file in the folder stays, so it is what a card is called everywhere.
  def called(uid)
    return readable(@files[uid].first) if @files[uid]
    return @base[uid]['file'] if @base[uid]

    wish = (@cards[uid].name.empty? ? uid : @cards[uid].name).gsub(%r{[/\0-\x1f:\\*?"<>|]}, '_').sub(/\A\.+/, '')
    wish = wish[0, 60]
    taken = @files.any? { |_, (name, _)| name.casecmp?("#{wish}.vcf") } ||
            @cards.any? { |other, one| other != uid && one.name.casecmp?(@cards[uid].name) }
    taken || wish.empty? ? "#{wish} #{Digest::SHA256.hexdigest(uid)[0, 8]}.vcf".strip : "#{wish}.vcf"
  end

  # What is to do, as changes of a plan, and which cards only a person can decide about.
  def look
    changes = []
    conflicts = []
    (@cards.keys | @files.keys | @base.keys).sort.each do |uid|
      next if @doubtful.include?(uid)

      found = SIDES.to_h { |side| [side, digest(side, uid)] }
      known = @base.dig(uid, 'digest')
      next if found['book'] == found['folder']
      next if found['book'].nil? && @book_in_doubt # it may be the one that cannot be understood

      right = if found['book'] == known then 'folder'
              elsif found['folder'] == known then 'book'
              elsif found['book'].nil? then 'folder' # changed here and deleted there: the change wins
              elsif found['folder'].nil? then 'book'
              end
      settled = right.nil?
      right ||= ruled(uid)
      right ? changes << change(uid, right, found, settled) : conflicts << uid
    end
    [changes, conflicts]
  end

  def change(uid, right, found, settled)
    target = (SIDES - [right]).first
    kind = found[right].nil? ? 'delete' : found[target].nil? ? 'create' : 'update'
    { 'item' => @name, 'side' => target, 'kind' => kind, 'path' => called(uid),
      'bytes' => card(right, uid)&.raw&.bytesize || 0,
      'detail' => { 'uid' => uid, 'settled' => settled }.merge(found) }
  end

  def ruled(uid)
    case @rule
    when 'book', 'folder' then @rule
    when 'newest' then newest(uid)
    end
  end

  def changed_at(side, uid)
    File.mtime(side == 'book' ? @file : File.join(@folder, @files[uid].first)).to_f * 1000
  end

  def newest(uid)
    SIDES.max_by { |side| changed_at(side, uid) }
  end

  # Both versions, each where a program can read it.
  def versions(uid)
    SIDES.map do |side|
      one = card(side, uid)
      place = File.join(@folder, @files[uid].first)
      if side == 'book'
        place = File.join(File.dirname(@notes), 'versions', @name, called(uid))
        write_whole(place, one.raw)
      end
      { 'side' => side, 'present' => true, 'size' => one.raw.bytesize, 'modifiedAt' => changed_at(side, uid).round,
        'digest' => one.digest, 'location' => readable(place) }
    end
  end

  def by_file(name)
    @files.find { |_, (file, _)| readable(file) == name }&.first || @base.find { |_, known| known['file'] == name }&.first
  end

  def alarms
    SIDES.select { |side| count(side).zero? && @base.length > 1 }.map do |side|
      { 'guard' => 'root-emptied', 'side' => side, 'approvable' => true,
        'text' => "#{side == 'book' ? @file : @folder} has no cards any more; there were #{@base.length}." }
    end
  end

  # The book is changed here in the memory, and written once, by `keep`.
  def put(side, uid, stretch)
    if side == 'book'
      at = @stretches.index { |one| one.uid == uid }
      stretch = Stretch.new("#{stretch.raw}\n") if stretch && !stretch.raw.end_with?("\n")
      if at.nil?
        @stretches << Stretch.new("\n") unless @stretches.empty? || @stretches.last.raw.end_with?("\n")
        @stretches << stretch
      else
        stretch ? @stretches[at] = stretch : @stretches.delete_at(at)
      end
      stretch ? @cards[uid] = stretch : @cards.delete(uid)
    else
      path = File.join(@folder, @files[uid]&.first || called(uid))
      now = File.exist?(path) ? only_card(File.binread(path)) : nil
      return false if now&.digest != digest('folder', uid)

      stretch ? write_whole(path, stretch.raw) : File.unlink(path)
      stretch ? @files[uid] = [File.basename(path), stretch] : @files.delete(uid)
    end
    true
  end

  # Writes the book, unless somebody else wrote it meanwhile; then false.
  def keep
    return true if @stretches.map(&:raw).join == (@text || '')
    return false if (File.exist?(@file) ? File.binread(@file) : nil) != @text

    @text = @stretches.map(&:raw).join
    write_whole(@file, @text)
    true
  end

  # What is the same on both sides now is what was the same last time. What is not stays as it was known.
  def remember(overwrite = {})
    (@cards.keys | @files.keys | @base.keys).each do |uid|
      next if @doubtful.include?(uid)
      next if digest('book', uid) != digest('folder', uid)

      if @cards[uid]
        @base[uid] = { 'digest' => digest('book', uid), 'file' => called(uid) }
      else
        @base.delete(uid)
      end
    end
    overwrite.each { |uid, known| known ? @base[uid] = known : @base.delete(uid) }
    write_whole(@notes, JSON.generate(@base))
  end

  def forget
    FileUtils.rm_f(@notes)
  end
end

# Lines in, lines out. Requests wait in a queue; what must not wait is obeyed by the thread that reads.
class Wire
  def initialize
    $stdin.binmode
    $stdout.binmode
    @out = Mutex.new
    @state = Mutex.new
    @moved = ConditionVariable.new
    @queue = Queue.new
    @skipped = Set.new
    @approved = []
    @working = Set.new
    @reader = Thread.new { read }
  end

  def send(message)
    line = JSON.generate({ jsonrpc: '2.0' }.merge(message))
    @out.synchronize do
      $stdout.write("#{line}\n")
      $stdout.flush
    end
  rescue Errno::EPIPE
    exit!(0)
  end

  def notify(method, params)
    send(method: method, params: params)
  end

  def reply(id, result)
    @state.synchronize { @working.delete(id) }
    send(id: id, result: result)
  end

  def refuse(id, number, text, data = nil)
    @state.synchronize { @working.delete(id) }
    send(id: id, error: { code: number, message: text, data: data }.compact)
  end

  def next_request
    @queue.pop
  end

  def take_approved
    @state.synchronize { @approved.tap { @approved = [] } }
  end

  # nil, :skip or :stop; waits while it is paused, and says so.
  def verdict(item)
    paused = false
    @state.synchronize do
      while @paused && !@stopped && !@skipped.include?(item)
        notify('progress', item: item, status: 'paused') unless paused
        paused = true
        @moved.wait(@state)
      end
    end
    found = @state.synchronize { @stopped ? :stop : @skipped.include?(item) ? :skip : nil }
    notify('progress', item: item, status: 'updating') if paused && found.nil?
    found
  end

  private

  def read
    while (line = $stdin.gets)
      begin
        message = JSON.parse(line.force_encoding(Encoding::UTF_8))
      rescue JSON::ParserError => e
        warn "not understood: #{e.message}"
        next
      end
      message['method'] && (message.key?('id') ? asked(message) : told(message['method'], message['params'] || {}))
    end
    @state.synchronize do
      @stopped = true
      @moved.broadcast
    end
    @queue << nil
  end

  def asked(message)
    if !Handler::METHODS.include?(message['method'])
      refuse(message['id'], -32_601, "There is no #{message['method']} here.")
    else
      @state.synchronize do
        @working << message['id'] if %w[prepare synchronize].include?(message['method'])
        if message['method'] == 'prepare' # a retry begins without what was left out before
          @stopped = false
          @skipped.clear
        end
      end
      @queue << message
    end
  end

  def told(method, params)
    @state.synchronize do
      case method
      when 'cancel' then params['item'] ? @skipped << params['item'] : @stopped = true
      when 'setItemStatus' then @skipped << params['item'] if params['status'] == 'skipped'
      when 'pause' then @paused = params['paused']
      when 'approved' then @approved.concat(params['changes'])
      when '$/cancelRequest' then @stopped = true if @working.include?(params['id'])
      end
      @moved.broadcast
    end
  end
end

# What the manager asks, one after another.
class Handler
  METHODS = %w[initialize open describe items prepare synchronize resolve undo showError close].freeze

  def initialize(wire)
    @wire = wire
    @plan = {}
  end

  def run
    while (message = @wire.next_request)
      begin
        result = public_send(:"on_#{message['method']}", message['params'] || {})
        @wire.reply(message['id'], result)
      rescue Failure => e
        @wire.refuse(message['id'], -32_000, e.message, { code: e.code, retry: e.help })
      rescue SystemCallError => e
        @wire.refuse(message['id'], -32_000, "#{readable(e.message)}. See to that path, then try again.",
                     { code: 'cards-path', retry: 'needs-person' })
      rescue StandardError => e
        warn e.full_message(highlight: false)
        @wire.refuse(message['id'], -32_000, "cards.rb has a fault: #{readable(e.message.lines.first.to_s.chomp)}", { code: 'cards-fault', retry: 'fatal' })
      end
    end
  end

  def on_initialize(_params)
    { protocol: 1, features: [], handler: { name: 'cards', version: '1.0.0' } }
  end

  def on_open(params)
    @settings = { 'conflicts' => 'inbox' }.merge(params['settings'])
    %w[books folders].each do |name|
      value = @settings[name]
      unless value.is_a?(String) && value.start_with?('/')
        raise Failure.new('cards-settings', 'needs-person', "Set #{name} to the full path of a folder.")
      end
    end
    unless %w[inbox book folder newest].include?(@settings['conflicts'])
      raise Failure.new('cards-settings', 'needs-person', 'Set conflicts to inbox, book, folder or newest.')
    end
    { accepted: true, abilities: %w[pause showError resolve undo] }
  end

  def on_describe(_params)
    { name: 'Address books' }
  end

  def missing
    %w[books folders].map { |name| @settings[name] }.reject { |path| File.directory?(path) }
  end

  def names
    books = Dir.children(@settings['books']).map { |n| n[/\A([^.].*)\.vcf\z/i, 1] }.compact
    folders = Dir.children(@settings['folders']).select do |n|
      n !~ /\A\./ && File.directory?(File.join(@settings['folders'], n))
    end
    (books | folders).select { |n| n.dup.force_encoding(Encoding::UTF_8).valid_encoding? && n.bytesize <= 200 }.sort
  end

  def on_items(_params)
    return { items: [], complete: false } unless missing.empty?

    { items: names.map do |name|
      notes = File.join(@settings['folders'], '.cards', "#{name}.json")
      { id: name, name: name, lastUpdate: File.exist?(notes) ? (File.mtime(notes).to_f * 1000).round : nil }
    end }
  end

  def on_prepare(params)
    unless missing.empty?
      return { outcome: 'refused',
               error: { code: 'cards-missing', retry: 'needs-person',
                        text: "#{missing.join(' and ')} is not there. Connect or make it, or mend the settings." } }
    end
    @chosen = params['items']
    approved = @wire.take_approved
    facts = []
    changes = params['approved'] ? approved : []
    @chosen.each do |item|
      break if @wire.verdict(item) == :stop
      next if @wire.verdict(item)

      book = Book.new(@settings, item)
      next if book.gone?

      mine = params['approved'] ? approved.select { |c| c['item'] == item } : book.look.first
      changes += mine unless params['approved']
      facts << facts_of(book, mine)
    end
    changes.each_slice(500) { |some| @wire.notify('plan', changes: some) }
    @plan = changes.group_by { |change| change['item'] }
    { outcome: 'ready', plan: { facts: facts } }
  end

  def facts_of(book, changes)
    tally = ->(kind) { Book::SIDES.to_h { |side| [side, changes.count { |c| c['side'] == side && c['kind'] == kind }] } }
    { item: book.name, known: Book::SIDES.to_h { |side| [side, book.base.length] },
      deletions: tally.call('delete'), overwrites: tally.call('update'), alarms: book.alarms }
  end

  def on_synchronize(_params)
    @counts = Hash.new(0)
    @bytes = 0
    @chosen.each do |item|
      status = begin
        one_item(item)
      rescue SystemCallError => e
        log('error', item, "#{readable(e.message)}. See to that path, then try again.", code: 'cards-path')
        'failed'
      end
      progress(item, status: status)
    end
    { outcome: 'done', counts: @counts, bytes: @bytes }
  end

  OUT = { skip: 'skipped', stop: 'stopped' }.freeze

  def one_item(item)
    left_out = @wire.verdict(item)
    return OUT[left_out] if left_out

    changes = @plan[item] || []
    progress(item, status: 'updating', value: 0, max: changes.length)
    book = Book.new(@settings, item)
    if book.gone?
      book.forget
      return 'deleted'
    end
    book.problems.each { |p| log('error', item, p.text, code: p.code, subject: p.subject, errorId: item, jump: true) }
    done = []
    changes.each_with_index do |change, index|
      left_out = @wire.verdict(item)
      break if left_out

      settled = carry_out(book, change)
      done << [change, settled] if settled
      progress(item, value: index + 1, text: change['path'])
    end
    unless book.keep
      log('warning', item, "#{book.file} was written by another program meanwhile; it is left alone until next time.",
          code: 'cards-meanwhile', subject: File.basename(book.file))
      done.reject! { |change, _| change['side'] == 'book' }
      book.read
    end
    done.each { |change, settled| finish(book, change, settled) }
    book.remember
    report(book) unless left_out
    OUT[left_out] || 'succeeded'
  end

  # Only what is still as it was planned. Gives what is needed to report and to undo it.
  def carry_out(book, change)
    detail = change['detail']
    uid = detail['uid']
    as_planned = Book::SIDES.all? { |side| book.digest(side, uid) == detail[side] }
    right = (Book::SIDES - [change['side']]).first
    versions = detail['settled'] && as_planned ? book.versions(uid) : nil
    before = take_down(book, uid)
    if as_planned && book.put(change['side'], uid, book.card(right, uid))
      { versions: versions, undo: before.merge('after' => book.digest(right, uid)) }
    else
      log('warning', book.name, "#{change['path']} is not as it was planned any more; it is left alone until next time.",
          code: 'cards-meanwhile', subject: change['path'])
      nil
    end
  end

  def finish(book, change, settled)
    @counts["#{change['side']}.#{change['kind']}"] += 1
    @bytes += change['bytes']
    log('information', book.name, "#{change['side']}: #{change['kind']} #{change['path']}", subject: change['path'])
    return unless settled[:versions]

    right = (Book::SIDES - [change['side']]).first
    @wire.notify('conflict', item: book.name, subject: change['path'], kind: 'edit-edit', versions: settled[:versions],
                             settled: { resolution: { choice: 'keep', side: right }, undo: settled[:undo] })
  end

  def report(book)
    book.look.last.each do |uid|
      @wire.notify('conflict', item: book.name, subject: book.called(uid), kind: 'edit-edit', versions: book.versions(uid))
    end
    @wire.notify('conflictsSeen', item: book.name, complete: book.problems.empty?)
  end

  def take_down(book, uid)
    { 'uid' => uid, 'known' => book.base[uid] }.merge(
      Book::SIDES.to_h { |side| [side, book.card(side, uid) && [book.card(side, uid).raw].pack('m0')] }
    )
  end

  def on_resolve(params)
    conflict, resolution = params.values_at('conflict', 'resolution')
    book = Book.new(@settings, conflict['item'])
    uid = book.by_file(conflict['subject'])
    conflict['versions'].each do |version|
      next if version['digest'].nil? || !uid || book.digest(version['side'], uid) == version['digest']

      uid = nil
    end
    unless uid && Book::SIDES.all? { |side| book.card(side, uid) }
      raise Failure.new('cards-meanwhile', 'needs-person', "#{conflict['subject']} is not as it was any more. " \
                                                           'Synchronize again, then decide again.')
    end
    before = take_down(book, uid)
    kept, second = outcome(book, uid, resolution)
    set(book, uid, kept)
    set(book, second.uid, second) if second
    save(book)
    { undo: before.merge('after' => kept.digest, 'second' => second&.uid) }
  end

  def outcome(book, uid, resolution)
    case resolution['choice']
    when 'keep'
      one = Book::SIDES.include?(resolution['side']) && book.card(resolution['side'], uid)
      one ? [one] : raise(Failure.new('cards-side', 'needs-person', "There is no side #{resolution['side']}: book or folder."))
    when 'keep-newest' then [book.card(book.newest(uid), uid)]
    when 'keep-largest' then [Book::SIDES.map { |side| book.card(side, uid) }.max_by { |one| one.raw.bytesize }]
    when 'keep-both'
      [book.card('book', uid), book.card('folder', uid).with_uid(SecureRandom.uuid)]
    when 'merged'
      one = book.only_card(File.binread(resolution['contentFile']))
      return [one] if one&.uid == uid

      raise Failure.new('cards-merged', 'needs-person', "The merged file must be one whole card with the UID #{uid}.")
    else
      raise Failure.new('cards-choice', 'needs-person', "#{resolution['choice']} is not possible for a card.")
    end
  end

  def set(book, uid, card)
    Book::SIDES.each do |side|
      next if book.digest(side, uid) == card&.digest
      next if book.put(side, uid, card)

      raise Failure.new('cards-meanwhile', 'temporary', 'Another program wrote this card just now. Try again.')
    end
  end

  def save(book, known = {})
    raise Failure.new('cards-meanwhile', 'temporary', "Another program wrote #{book.file} just now. Try again.") unless book.keep

    book.remember(known)
  end

  def on_undo(params)
    undo = params['undo']
    book = Book.new(@settings, params['conflict']['item'])
    unless Book::SIDES.all? { |side| book.digest(side, undo['uid']) == undo['after'] }
      raise Failure.new('cards-meanwhile', 'needs-person', "#{params['conflict']['subject']} was changed since it was " \
                                                           'decided. Mend it by hand.')
    end
    Book::SIDES.each { |side| book.put(side, undo['uid'], undo[side] && Stretch.new(undo[side].unpack1('m0'))) }
    set(book, undo['second'], nil) if undo['second']
    save(book, { undo['uid'] => undo['known'] })
    nil
  end

  # A person has mended what the line was about: the book is done again.
  def on_showError(params)
    names.include?(params['errorId']) ? { next: 'retry', items: [params['errorId']] } : { next: 'list-again' }
  end

  def on_close(_params)
    nil
  end

  private

  def progress(item, **what)
    @wire.notify('progress', item: item, **what)
  end

  def log(level, item, text, **more)
    @wire.notify('log', level: level, text: text, item: item, **more)
  end
end

Handler.new(Wire.new).run
